namespace GpuKeras.Kernels.Reduction;

/// <summary>The work of one contiguous row, written over lanes and for a team of items: the same on the host and on devices.</summary>
internal interface IRowStep
{
    /// <summary>Does this item's share of row <paramref name="row"/>.</summary>
    void Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
        where TTeam : struct, IRowTeam
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged;
}
