namespace GpuKeras.Kernels.Random;

/// <summary>Which random numbers: a seed, and one of the 2⁶⁴ independent streams of that seed.</summary>
/// <param name="Seed">The generator's key.</param>
/// <param name="Stream">The number of the draw: the upper half of the counter.</param>
public readonly record struct PhiloxKey(ulong Seed, ulong Stream);
