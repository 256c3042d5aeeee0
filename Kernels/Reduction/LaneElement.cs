namespace GpuKeras.Kernels.Reduction;

/// <summary>Lanes of one element as elements.</summary>
internal static class LaneElement
{
    /// <summary>The element that a lane of one element holds.</summary>
    public static unsafe TElement ToElement<TLane, TElement>(this TLane value)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        TElement element;
        value.Store(&element);
        return element;
    }
}
