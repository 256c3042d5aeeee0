using GpuKeras.Kernels.Random;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>Turns rows of scores into exp(score − shift), 0 where dropped, and keeps each row's shift and inverse sum.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="scores">The chunk's scores.</param>
/// <param name="chunk">Which scores.</param>
/// <param name="dropout">Which weights are dropped.</param>
/// <param name="shift">Where the shifts go, <c>[batch, heads, queries]</c>; empty for nowhere.</param>
/// <param name="inverse">Where the inverse sums go, likewise.</param>
/// <param name="mayBeEmpty">Whether the inverse of a sum of 0 is 0.</param>
internal readonly unsafe struct AttentionRows<T>(
    ArrayView<T> scores, AttentionChunk chunk, DropoutMask dropout, ArrayView<T> shift, ArrayView<T> inverse, bool mayBeEmpty) : IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> scores = scores;
    private readonly AttentionChunk chunk = chunk;
    private readonly DropoutMask dropout = dropout;
    private readonly ArrayView<T> shift = shift;
    private readonly ArrayView<T> inverse = inverse;

    /// <summary>Queues the rows.</summary>
    public void Launch(ILauncher launcher) =>
        RowLoop<T, AttentionRows<T>>.Launch(launcher, this, (long)chunk.Pairs * chunk.Queries, chunk.Sizes.Values);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var columns = chunk.Sizes.Values;
        var line = (TElement*)scores.Pointer + row * chunk.Pitch;
        var (zero, one, hidden) = (TScalar.Create(0), TScalar.Create(1), TScalar.Create(double.NegativeInfinity));
        var max = TeamRow<TTeam, TLane, TScalar, TElement>.Reduce<LargestNumber>(
            team, line, columns, hidden.ToElement<TScalar, TElement>());
        var offset = TScalar.WhereEqual(max, hidden, zero, max);
        var sum = TeamRow<TTeam, TLane, TScalar, TElement>.StoreExp(team, line, line, columns, offset);
        var factor = mayBeEmpty ? TScalar.WhereEqual(sum, zero, zero, one / sum) : one / sum;
        var matrix = (int)(row / chunk.Queries);
        var index = chunk.Row(matrix, (int)(row - (long)matrix * chunk.Queries));
        if (team.Rank == 0)
        {
            factor.Store((TElement*)inverse.Pointer + index);
            if (shift.Length > 0)
                offset.Store((TElement*)shift.Pointer + index);
        }
        if (!dropout.IsActive)
            return;
        for (var i = team.Rank; i < columns; i += TTeam.Size)
        {
            if (!dropout.KeepsElement((uint)(index * columns + i)))
                zero.Store(line + i);
        }
    }
}
