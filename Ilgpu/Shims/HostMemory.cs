namespace GpuKeras.Kernels;

/// <summary>Host bodies compile here, but run from GpuKeras.Kernels.</summary>
internal static unsafe class HostMemory
{
    /// <summary>Always fails.</summary>
    public static ArrayView<T> View<T>(T* address, long length)
        where T : unmanaged =>
        throw new NotSupportedException("ILGPU: host bodies run from GpuKeras.Kernels.");
}
