using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Devices;

/// <summary>A device without float64 whose driver gives each kernel's groups only so many items; it notes its launches and runs none.</summary>
/// <param name="advisedGroupSize">What the driver says.</param>
internal sealed class FewItemsDevice(int advisedGroupSize) : CompiledDevice("few", "few", "")
{
    /// <summary>What was launched, with its count.</summary>
    public List<(KernelConfig Config, int Count)> Launches { get; } = [];

    private protected override DeviceProfile Traits { get; } = new()
    {
        IsCpuLike = false,
        MaxGroupSize = 1024,
        SharedMemoryBytes = 32 << 10,
        Multiprocessors = 1,
        HasFloat64 = false,
    };

    internal override bool TryAllocate(long bytes, out nint handle)
    {
        handle = 1;
        return true;
    }

    internal override void Free(nint handle)
    {
    }

    internal override void Finish()
    {
    }

    internal override void Read(nint handle, long offsetBytes, Span<byte> target)
    {
    }

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source)
    {
    }

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body.Method);
        RequireWithinLimits(function, function.SharedBytes);
        return new NotingKernel(this) { AdvisedGroupSize = advisedGroupSize };
    }

    private sealed class NotingKernel(FewItemsDevice device) : DeviceKernel([])
    {
        private protected override void Queue(in KernelConfig config, int count, ReadOnlySpan<byte> bytes) =>
            device.Launches.Add((config, count));
    }
}
