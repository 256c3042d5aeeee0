using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Devices;

/// <summary>
/// A device without float64 whose driver gives each kernel's groups only so many items and each tensor only 10,000 bytes; it notes what is
/// asked of it and does nothing.
/// </summary>
/// <param name="advisedGroupSize">What the driver says.</param>
internal sealed class FewItemsDevice(int advisedGroupSize) : CompiledDevice("few", "few", "")
{
    private long allocations;
    private long frees;
    private int inside;

    /// <summary>How many blocks of memory there are.</summary>
    public long Blocks => Interlocked.Read(ref allocations) - Interlocked.Read(ref frees);

    /// <summary>How often something was read back.</summary>
    public int Reads { get; private set; }

    /// <summary>Whether two threads copied or waited at once.</summary>
    public bool HasOverlapped { get; private set; }

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

    internal override long MaxAllocationBytes => 10_000;

    internal override bool TryAllocate(long bytes, out nint handle)
    {
        handle = 0;
        if (bytes > MaxAllocationBytes)
            return false;
        handle = (nint)Interlocked.Increment(ref allocations);
        return true;
    }

    internal override void Free(nint handle) => Interlocked.Increment(ref frees);

    internal override void Finish() => Work();

    internal override void Read(nint handle, long offsetBytes, Span<byte> target)
    {
        target.Clear();
        Reads++;
        Work();
    }

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source) => Work();

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body.Method);
        RequireWithinLimits(function, function.SharedBytes);
        return new NotingKernel(this) { AdvisedGroupSize = advisedGroupSize };
    }

    // Takes a while, so that another thread comes in between if it may.
    private void Work()
    {
        if (Interlocked.Increment(ref inside) > 1)
            HasOverlapped = true;
        Thread.Sleep(1);
        Interlocked.Decrement(ref inside);
    }

    private sealed class NotingKernel(FewItemsDevice device) : DeviceKernel([])
    {
        private protected override void Queue(in KernelConfig config, int count, ReadOnlySpan<byte> bytes) =>
            device.Launches.Add((config, count));
    }
}
