namespace GpuKeras.Kernels;

/// <summary>Three sizes or indices.</summary>
/// <param name="X">Along the first axis, whose neighbours are neighbours in a warp.</param>
/// <param name="Y">Along the second axis.</param>
/// <param name="Z">Along the third axis.</param>
public readonly record struct Index3D(int X, int Y, int Z)
{
    /// <inheritdoc/>
    public override string ToString() => $"{X}x{Y}x{Z}";
}
