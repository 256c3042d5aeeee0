using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A kernel that was compiled and does nothing.</summary>
internal sealed class NullKernel() : DeviceKernel([])
{
    private protected override void Queue(in KernelConfig config, int count, ReadOnlySpan<byte> bytes)
    {
    }
}
