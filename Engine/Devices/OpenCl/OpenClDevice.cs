using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device of an OpenCL driver: a GPU, or a processor through PoCL.</summary>
internal sealed class OpenClDevice : CompiledDevice
{
    private readonly Lock starting = new();
    private readonly KernelCache cache;
    private volatile OpenClQueue? queue;
    private volatile OpenClProgram? program;
    private DeviceProfile profile;

    /// <summary>A device that the driver has listed.</summary>
    /// <param name="info">What the driver says of the device.</param>
    /// <param name="number">The number in its name.</param>
    /// <param name="cache">Where binaries of kernels are kept.</param>
    public OpenClDevice(OpenClInfo info, int number, KernelCache cache)
        : base($"opencl:{number}", "opencl", info.Describe())
    {
        Info = info;
        MaxAllocationBytes = info.MaxBufferBytes;
        profile = EngineOptions.Profile switch
        {
            "cpu" => info.Profile with { IsCpuLike = true },
            "gpu" => info.Profile with { IsCpuLike = false },
            "least-gpu" => OpenClInfo.LeastGpu,
            _ => info.Profile,
        };
        IsChosenAutomatically = info.IsGpu;
        this.cache = cache;
    }

    /// <summary>What the driver says of the device.</summary>
    public OpenClInfo Info { get; }

    internal override bool IsChosenAutomatically { get; }

    /// <summary>Makes kernels choose the variant for processors, or that for GPUs, whatever the device is.</summary>
    internal void ChooseVariants(bool cpuLike) => profile = profile with { IsCpuLike = cpuLike };

    internal override long MaxAllocationBytes { get; }

    internal override bool TryAllocate(long bytes, out nint handle) => Queue.TryAllocate(bytes, out handle);

    internal override void Free(nint handle) => Queue.Free(handle);

    internal override void Finish() => Queue.Finish();

    internal override void Read(nint handle, long offsetBytes, Span<byte> target) => Queue.Read(handle, offsetBytes, target);

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source) =>
        Queue.Write(handle, offsetBytes, source);

    /// <summary>What builds this device's kernels.</summary>
    internal OpenClProgram Program => program ??= new OpenClProgram(
        Queue, Name, Info.Platform,
        Info.RoundsDivisionCorrectly ? "-cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt" : "-cl-std=CL1.2",
        cache);

    // A program that only lists devices needs no context. A failure, such as a device that is not available at present, is not for good.
    private OpenClQueue Queue
    {
        get
        {
            if (queue is { } ready)
                return ready;
            lock (starting)
                return queue ??= new OpenClQueue(this);
        }
    }

    /// <summary>Builds OpenCL C.</summary>
    /// <param name="name">The kernel's function.</param>
    /// <param name="source">OpenCL C with that function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="usesWarps">Whether its items pass each other values by <see cref="Warp"/>.</param>
    internal OpenClKernel Build(string name, string source, IReadOnlyList<KernelArgument> arguments, bool usesWarps = false)
    {
        var handle = Program.Build(name, source);
        return new(Queue, handle, name, arguments)
        {
            MaxGroupSize = usesWarps ? OpenClEmitter.MaxShuffleItems : int.MaxValue,
            AdvisedGroupSize = Program.MaxGroupSize(handle),
        };
    }

    private protected override DeviceProfile Traits => profile;

    private protected override string Platform => Info.Platform;

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body);
        RequireWithinLimits(function, function.SharedBytes + OpenClEmitter.ExchangeBytes(function));
        var source = OpenClEmitter.Emit(function);
        CompilationLog.Write(Name, function.Name, "cl", source);
        return Build(function.Name, source, function.Arguments, OpenClEmitter.ExchangeBytes(function) > 0);
    }
}
