namespace GpuKeras.Kernels.Pooling;

/// <summary>A rectangle of input pixels.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Bottom">The row after the last.</param>
/// <param name="Left">The first column.</param>
/// <param name="Right">The column after the last.</param>
internal readonly record struct PoolingWindow(int Top, int Bottom, int Left, int Right)
{
    /// <summary>How many rows it has.</summary>
    public int Height => Math.Max(0, Bottom - Top);

    /// <summary>How many columns it has.</summary>
    public int Width => Math.Max(0, Right - Left);

    /// <summary>How many pixels it has.</summary>
    public int Pixels => Height * Width;
}
