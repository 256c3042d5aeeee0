namespace GpuKeras.Kernels.Reduction;

/// <summary>Reduces a chunk of a contiguous row: source <c>[outer, reduced]</c> → target <c>[outer, chunks]</c>.</summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct ReduceRow<TReduction, T> : IRowStep
    where TReduction : struct, IReduction
    where T : unmanaged
{
    private readonly ArrayView<T> source;
    private readonly ArrayView<T> target;
    private readonly long chunks;
    private readonly long reduced;
    private readonly ReductionConstants<TReduction, T> constants;

    /// <summary>A reduction of <paramref name="chunks"/> chunks of each row, finished unless <paramref name="finishCount"/> is negative.</summary>
    public ReduceRow(ArrayView<T> source, ArrayView<T> target, long chunks, long reduced, long finishCount)
    {
        (this.source, this.target, this.chunks, this.reduced) = (source, target, chunks, reduced);
        constants = new(finishCount);
    }

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var (outer, chunk) = (row / chunks, row % chunks);
        var (first, last) = (reduced * chunk / chunks, reduced * (chunk + 1) / chunks);
        var total = TeamRow<TTeam, TLane, TScalar, TElement>.Reduce<TReduction>(
            team, (TElement*)source.Pointer + outer * reduced + first, last - first, constants.Identity<TElement>());
        if (team.Rank == 0)
            constants.Finish<TScalar, TElement>(total).Store((TElement*)target.Pointer + row);
    }
}
