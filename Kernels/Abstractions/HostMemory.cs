namespace GpuKeras.Kernels;

/// <summary>Views of host memory that no device has allocated.</summary>
internal static unsafe class HostMemory
{
    /// <summary>A view of a host body's working memory.</summary>
    /// <param name="address">The first element.</param>
    /// <param name="length">The number of elements.</param>
    public static ArrayView<T> View<T>(T* address, long length)
        where T : unmanaged => new((nint)address, 0, length);
}
