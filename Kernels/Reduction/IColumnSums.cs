namespace GpuKeras.Kernels.Reduction;

/// <summary>One or two sums (or other reductions) of each column over segments of a matrix's rows, written over lanes, for devices.</summary>
internal interface IColumnSums
{
    /// <summary>Whether there are two sums: a constant.</summary>
    static abstract bool HasSecond { get; }

    /// <summary>
    /// The sums over each <paramref name="shares"/>-th row of a segment from its row <paramref name="share"/> on, which it may lack.
    /// </summary>
    (TLane First, TLane Second) Sum<TLane, TElement>(long segment, long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;

    /// <summary>Writes what becomes of the sums over all rows of a segment.</summary>
    void Store<TLane, TElement>(long segment, long column, TLane first, TLane second)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
