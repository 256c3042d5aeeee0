namespace GpuKeras.Kernels.Normalization;

/// <summary><see cref="Prefetch"/> on a device.</summary>
internal static unsafe class NoPrefetch
{
    /// <summary>Nothing.</summary>
    public static void Read<T>(T* address)
        where T : unmanaged
    {
    }
}
