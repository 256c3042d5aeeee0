namespace GpuKeras.Kernels.Reduction;

/// <summary>The items that work on one row together, and this item's place among them.</summary>
/// <remarks>
/// A row's registers go round the team: item <see cref="Rank"/> takes each <see cref="Size"/>-th of them, in every loop the same ones,
/// so what an item has written it reads again without waiting for the others. On the host and on a CPU-like device a team is one item.
/// </remarks>
internal interface IRowTeam
{
    /// <summary>The number of items: a constant.</summary>
    static abstract int Size { get; }

    /// <summary>This item's number in the team. A number beyond every row's end stands for an item that has no row.</summary>
    long Rank { get; }

    /// <summary>The combination of the items' values, in each of them.</summary>
    TLane Reduce<TReduction, TLane, TElement>(TLane value)
        where TReduction : struct, IReduction
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;

    /// <summary>The combination of the items' pairs, in each of them.</summary>
    (TFirst First, TSecond Second) ReducePair<TCombination, TFirst, TSecond>((TFirst First, TSecond Second) value)
        where TCombination : struct, IPairCombination<TFirst, TSecond>
        where TFirst : unmanaged
        where TSecond : unmanaged;
}
