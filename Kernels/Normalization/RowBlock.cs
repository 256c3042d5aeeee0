namespace GpuKeras.Kernels.Normalization;

/// <summary>Blocks of rows of a matrix <c>[rows, channels]</c> that are walked through register by register of channels.</summary>
internal static class RowBlock
{
    // The block stays in the first-level cache, and its rows on few enough pages.
    private const long Elements = 4096;
    private const long MaxRows = 64;

    /// <summary>How many rows a block has: so many that loading a channel's parameters once for all is worth it.</summary>
    public static long Rows(long channels) => Math.Clamp(Elements / Math.Max(1, channels), 1, MaxRows);
}
