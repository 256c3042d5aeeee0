namespace GpuKeras.Kernels.Recurrent;

/// <summary>Cuts samples into the blocks that walk together.</summary>
internal static class RecurrentBlock
{
    // Four of the tallest tiles of a matrix product: enough uses of the recurrent kernel for each time it is read from a cache.
    private const int MaxSamples = 56;

    /// <summary>How many blocks a range of samples is cut into.</summary>
    public static long Count(long start, long end) => (end - start + MaxSamples - 1) / MaxSamples;

    /// <summary>One of the blocks, all of about the same size.</summary>
    public static (nint First, nint Count) At(long block, long start, long end)
    {
        var (length, blocks) = (end - start, Count(start, end));
        var first = start + length * block / blocks;
        return ((nint)first, (nint)(start + length * (block + 1) / blocks - first));
    }
}
