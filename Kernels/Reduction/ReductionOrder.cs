namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// In which order the rows of a matrix are combined column by column, on the host and on CPU-like devices alike: so that both give the same
/// bits.
/// </summary>
/// <remarks>
/// A tree: chunks, of them branches, of them leaves, each combined in order. So no chain is long, and rounding grows far slower than the
/// number of rows (Higham, "The accuracy of floating point summation", 1993).
/// </remarks>
internal static class ReductionOrder
{
    /// <summary>The rows of a leaf.</summary>
    public const long LeafRows = 16;

    /// <summary>The rows of a branch.</summary>
    public const long BranchRows = 16 * LeafRows;

    private const long ElementsPerChunk = 16_384;
    private const long MostChunks = 64;
    private const long OuterThatNeedsNoChunks = 16;

    /// <summary>Into how many chunks the middle axis of <c>[outer, reduced, inner]</c> is cut.</summary>
    public static long Chunks(long outer, long reduced, long inner) =>
        outer >= OuterThatNeedsNoChunks ? 1 : Math.Clamp(reduced * inner / ElementsPerChunk, 1, MostChunks);
}
