namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// Reduces chunks of the middle axis: source <c>[outer, reduced, inner]</c> → target <c>[outer, chunks, inner]</c>; the segments are the
/// chunks of all blocks.
/// </summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct ReduceColumns<TReduction, T> : IColumnSums
    where TReduction : struct, IReduction
    where T : unmanaged
{
    private readonly ArrayView<T> source;
    private readonly ArrayView<T> target;
    private readonly long chunks;
    private readonly long reduced;
    private readonly long inner;
    private readonly ReductionConstants<TReduction, T> constants;

    /// <summary>A reduction whose results are finished unless <paramref name="finishCount"/> is negative.</summary>
    public ReduceColumns(ArrayView<T> source, ArrayView<T> target, long chunks, long reduced, long inner, long finishCount)
    {
        (this.source, this.target, this.chunks, this.reduced, this.inner) = (source, target, chunks, reduced, inner);
        constants = new(finishCount);
    }

    /// <inheritdoc/>
    public static bool HasSecond => false;

    /// <inheritdoc/>
    public (TLane First, TLane Second) Sum<TLane, TElement>(long segment, long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (outer, chunk) = (segment / chunks, segment % chunks);
        var (row, end) = (reduced * chunk / chunks + share, reduced * (chunk + 1) / chunks);
        var position = (TElement*)source.Pointer + (outer * reduced + row) * inner + column;
        var identity = TLane.Broadcast(constants.Identity<TElement>());
        var total = identity;
        while (row < end)
        {
            var branch = identity;
            var branchEnd = Math.Min(end, row + ReductionOrder.BranchRows * shares);
            while (row < branchEnd)
            {
                var leaf = identity;
                var leafEnd = Math.Min(branchEnd, row + ReductionOrder.LeafRows * shares);
                for (; row < leafEnd; row += shares, position += shares * inner)
                    leaf = TReduction.Combine(leaf, TLane.Load(position));
                branch = TReduction.Combine(branch, leaf);
            }
            total = TReduction.Combine(total, branch);
        }
        return (total, identity);
    }

    /// <inheritdoc/>
    public void Store<TLane, TElement>(long segment, long column, TLane first, TLane second)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        constants.Finish<TLane, TElement>(first).Store((TElement*)target.Pointer + segment * inner + column);
}
