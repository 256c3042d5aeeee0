namespace GpuKeras.Kernels;

/// <summary>Memory that the items of a group share; its contents start undefined.</summary>
public static class SharedMemory
{
    /// <summary>An array that is the same for every item of the group, aligned to 16 bytes.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">The number of elements: a constant.</param>
    [DeviceIntrinsic]
    public static ArrayView<T> Allocate<T>(int length)
        where T : unmanaged => SimulatedItem.Current.SharedArray<T>(length);
}
