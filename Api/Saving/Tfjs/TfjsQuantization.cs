namespace GpuKeras.Saving;

/// <summary>How small whole numbers stand for floats: <c>number · scale + minimum</c>.</summary>
/// <param name="Scale">The distance of neighbours.</param>
/// <param name="Minimum">What 0 stands for.</param>
internal sealed record TfjsQuantization(double Scale, double Minimum);
