using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels.Normalization;

/// <summary>Hints to the host's memory; devices go without.</summary>
internal static unsafe class Prefetch
{
    /// <summary>The line at an address will be read soon. The address need not exist.</summary>
    [DeviceBody(typeof(NoPrefetch))]
    public static void Read<T>(T* address)
        where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
