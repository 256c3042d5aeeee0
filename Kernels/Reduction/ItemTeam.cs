namespace GpuKeras.Kernels.Reduction;

/// <summary>One item that works on a row alone: a turn of a loop on the host or on a CPU-like device.</summary>
internal readonly struct ItemTeam : IRowTeam
{
    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public long Rank => 0;

    /// <inheritdoc/>
    public TLane Reduce<TReduction, TLane, TElement>(TLane value)
        where TReduction : struct, IReduction
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => value;

    /// <inheritdoc/>
    public (TFirst First, TSecond Second) ReducePair<TCombination, TFirst, TSecond>((TFirst First, TSecond Second) value)
        where TCombination : struct, IPairCombination<TFirst, TSecond>
        where TFirst : unmanaged
        where TSecond : unmanaged => value;
}
