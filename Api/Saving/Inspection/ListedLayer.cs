namespace GpuKeras.Saving;

/// <summary>A layer as a file tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClassName">Its class, with the package if the program that wrote the file registered it; empty if the file does not say.</param>
/// <param name="OutputShape">The shape of its output, as Keras writes it; empty if the file does not say.</param>
/// <param name="Parameters">The number of elements of its weights, with those of the layers in it.</param>
/// <param name="Nesting">In how many layers it is.</param>
internal sealed record ListedLayer(string Name, string ClassName, string OutputShape, long Parameters, int Nesting);
