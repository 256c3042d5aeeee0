namespace GpuKeras.Kernels.Reduction;

/// <summary>The work of a register of columns over a segment of a matrix's rows, written over lanes, for devices.</summary>
internal interface IColumnStep
{
    /// <summary>Does the columns from <paramref name="column"/> that fill a <typeparamref name="TLane"/>, in one segment of rows.</summary>
    void Columns<TLane, TElement>(long segment, long column)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
