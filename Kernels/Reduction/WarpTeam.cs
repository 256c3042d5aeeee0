namespace GpuKeras.Kernels.Reduction;

/// <summary>A warp that works on a row, beside others of its group.</summary>
/// <param name="rank">The item's lane, or a number beyond every row's end where the warp has no row.</param>
internal readonly struct WarpTeam(long rank) : IRowTeam
{
    /// <inheritdoc/>
    public static int Size => Warp.WarpSize;

    /// <inheritdoc/>
    public long Rank { get; } = rank;

    /// <inheritdoc/>
    public TLane Reduce<TReduction, TLane, TElement>(TLane value)
        where TReduction : struct, IReduction
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        TLane.Broadcast(WarpReduction.Reduce<LaneCombination<TReduction, TLane, TElement>, TElement>(value.ToElement<TLane, TElement>()));

    /// <inheritdoc/>
    public (TFirst First, TSecond Second) ReducePair<TCombination, TFirst, TSecond>((TFirst First, TSecond Second) value)
        where TCombination : struct, IPairCombination<TFirst, TSecond>
        where TFirst : unmanaged
        where TSecond : unmanaged => WarpReduction.Reduce<TCombination, TFirst, TSecond>(value);
}
