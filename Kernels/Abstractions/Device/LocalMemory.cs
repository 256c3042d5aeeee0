namespace GpuKeras.Kernels;

/// <summary>Memory of one item, indexed at run time; slower than <see cref="RegisterArray{T}"/>. Its contents start undefined.</summary>
public static class LocalMemory
{
    /// <summary>An array of this item's own.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">The number of elements: a constant.</param>
    [DeviceIntrinsic]
    public static ArrayView<T> Allocate<T>(int length)
        where T : unmanaged => SimulatedItem.Current.LocalArray<T>(length);
}
