namespace GpuKeras.Saving;

/// <summary>A layer as a file's architecture lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClassName">Its class, with the package if the program that wrote the file registered it.</param>
/// <param name="InputShape">The shape that it was built for, as Keras writes it; empty if the file does not say.</param>
/// <param name="Nesting">In how many models it is.</param>
internal sealed record ListedLayer(string Name, string ClassName, string InputShape, int Nesting);
