using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>δ = Σ dy · y of each row <c>[batch, queries, heads]</c>, stored by <c>[batch, heads, queries]</c>.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="output">y <c>[batch, queries, heads, valueDim]</c>.</param>
/// <param name="gradient">dy, likewise.</param>
/// <param name="dots">Where the sums go.</param>
/// <param name="sizes">The sizes.</param>
internal readonly unsafe struct AttentionDots<T>(ArrayView<T> output, ArrayView<T> gradient, ArrayView<T> dots, AttentionSizes sizes) : IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> output = output;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> dots = dots;
    private readonly AttentionSizes sizes = sizes;

    /// <summary>Queues the sums.</summary>
    public void Launch(ILauncher launcher) =>
        RowLoop<T, AttentionDots<T>>.Launch(launcher, this, sizes.Pairs * sizes.Queries, sizes.ValueDim);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var sum = TeamRow<TTeam, TLane, TScalar, TElement>.Dot(
            team, (TElement*)gradient.Pointer + row * sizes.ValueDim, (TElement*)output.Pointer + row * sizes.ValueDim, sizes.ValueDim);
        var position = row / sizes.Heads;
        var head = row - position * sizes.Heads;
        var batch = position / sizes.Queries;
        if (team.Rank == 0)
            sum.Store((TElement*)dots.Pointer + (batch * sizes.Heads + head) * sizes.Queries + position - batch * sizes.Queries);
    }
}
