namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// In which order a filter's gradient is summed over the output pixels, on the host and on CPU-like devices alike: so that both give the
/// same bits.
/// </summary>
/// <remarks>
/// The output rows are cut into parts of equal length, a part into blocks of a few rows, and a block is summed pixel by pixel. A part adds
/// the sums of its blocks, then the sums of the parts are added, each in order: no chain of additions is long.
/// </remarks>
internal static class FilterGradientOrder
{
    /// <summary>The most rows of a block.</summary>
    public const int MostRows = 64;

    // Enough pixels that reading and writing the sums is little beside them; more would not stay in the second-level cache.
    private const int BlockPixels = 256;

    /// <summary>Rows of output pixels.</summary>
    public static long Rows(in ConvolutionSizes sizes) => (long)sizes.Batch * sizes.OutputHeight;

    /// <summary>How many parts there are.</summary>
    public static int Parts(in ConvolutionSizes sizes) =>
        PartialSums.Parts(2.0 * sizes.OutputPixels * sizes.FilterLength, sizes.FilterLength);

    /// <summary>How many rows a block has, at most <see cref="MostRows"/>.</summary>
    public static int RowsAtOnce(int outputWidth) => Math.Clamp(BlockPixels / outputWidth, 1, MostRows);
}
