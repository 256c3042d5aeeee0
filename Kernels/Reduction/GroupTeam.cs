namespace GpuKeras.Kernels.Reduction;

/// <summary>A group that works on a row.</summary>
internal readonly struct GroupTeam : IRowTeam
{
    /// <summary>The number of items in a group.</summary>
    public const int Items = 256;

    /// <inheritdoc/>
    public static int Size => Items;

    /// <inheritdoc/>
    public long Rank => Group.IdxX;

    /// <inheritdoc/>
    public TLane Reduce<TReduction, TLane, TElement>(TLane value)
        where TReduction : struct, IReduction
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        TLane.Broadcast(GroupReduction.Reduce<LaneCombination<TReduction, TLane, TElement>, TElement>(value.ToElement<TLane, TElement>()));

    /// <inheritdoc/>
    public (TFirst First, TSecond Second) ReducePair<TCombination, TFirst, TSecond>((TFirst First, TSecond Second) value)
        where TCombination : struct, IPairCombination<TFirst, TSecond>
        where TFirst : unmanaged
        where TSecond : unmanaged => GroupReduction.Reduce<TCombination, TFirst, TSecond>(value);
}
