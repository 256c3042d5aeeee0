using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A kernel that was compiled and does nothing.</summary>
internal sealed class NullKernel : DeviceKernel
{
    public override void Enqueue(in KernelConfig config, int count, ReadOnlySpan<byte> arguments)
    {
    }
}
