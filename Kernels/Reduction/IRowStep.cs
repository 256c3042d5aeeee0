namespace GpuKeras.Kernels.Reduction;

/// <summary>The work of one contiguous row, written over lanes.</summary>
internal interface IRowStep
{
    /// <summary>Does row <paramref name="row"/>.</summary>
    void Row<TLane, TScalar, TElement>(long row)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged;
}
