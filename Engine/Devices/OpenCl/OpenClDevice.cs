using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device of an OpenCL driver: a GPU, or a processor through PoCL.</summary>
internal sealed class OpenClDevice : CompiledDevice
{
    private readonly Lazy<OpenClQueue> queue;
    private readonly Lazy<OpenClProgram> program;
    private DeviceProfile profile;

    /// <summary>A device that the driver has listed.</summary>
    /// <param name="info">What the driver says of the device.</param>
    /// <param name="number">The number in its name.</param>
    /// <param name="cache">Where binaries of kernels are kept.</param>
    public OpenClDevice(OpenClInfo info, int number, KernelCache cache)
        : base($"opencl:{number}", "opencl", info.Describe())
    {
        Info = info;
        profile = EngineOptions.Profile is { } kind ? info.Profile with { IsCpuLike = kind == "cpu" } : info.Profile;
        IsChosenAutomatically = info.IsGpu;
        // A program that only lists devices needs no context.
        queue = new(() => new OpenClQueue(info.Device, Name));
        program = new(() => new OpenClProgram(
            queue.Value, Name, info.Platform,
            info.RoundsDivisionCorrectly ? "-cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt" : "-cl-std=CL1.2",
            cache));
    }

    /// <summary>What the driver says of the device.</summary>
    public OpenClInfo Info { get; }

    internal override bool IsChosenAutomatically { get; }

    /// <summary>Makes kernels choose the variant for processors, or that for GPUs, whatever the device is.</summary>
    internal void ChooseVariants(bool cpuLike) => profile = profile with { IsCpuLike = cpuLike };

    internal override bool TryAllocate(long bytes, out nint handle) => queue.Value.TryAllocate(bytes, out handle);

    internal override void Free(nint handle) => queue.Value.Free(handle);

    internal override void Finish() => queue.Value.Finish();

    internal override void Read(nint handle, long offsetBytes, Span<byte> target) => queue.Value.Read(handle, offsetBytes, target);

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source) =>
        queue.Value.Write(handle, offsetBytes, source);

    /// <summary>The error of a launch that the driver refused.</summary>
    internal DeviceException LaunchError(int status, string call, in KernelConfig config, int advisedGroupSize) => status switch
    {
        OpenClStatus.MemObjectAllocationFailure => new DeviceOutOfMemoryException(
            Name, $"{call} of '{CurrentKernel}'", OpenClStatus.NameOf(status), Memory.LiveBytes, Memory.PooledBytes),
        // Drivers differ in the code of a group for which there are too few registers.
        OpenClStatus.InvalidWorkGroupSize or OpenClStatus.OutOfResources when config.GroupSize > advisedGroupSize =>
            new LaunchLimitException(
                Name, $"{CurrentKernel}, {config}", "a group's items", advisedGroupSize, config.GroupSize,
                "the kernel takes so many registers that the driver allows no more: use smaller groups"),
        _ => new DeviceCallException(Name, call, OpenClStatus.NameOf(status), status, CurrentKernel, config),
    };

    /// <summary>What builds this device's kernels.</summary>
    internal OpenClProgram Program => program.Value;

    /// <summary>Builds OpenCL C.</summary>
    /// <param name="name">The kernel's function.</param>
    /// <param name="source">OpenCL C with that function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="usesWarps">Whether its items pass each other values by <see cref="Warp"/>.</param>
    internal OpenClKernel Build(string name, string source, IReadOnlyList<KernelArgument> arguments, bool usesWarps = false)
    {
        var handle = program.Value.Build(name, source);
        return new(this, queue.Value, handle, arguments)
        {
            MaxGroupSize = usesWarps ? OpenClEmitter.MaxShuffleItems : int.MaxValue,
            AdvisedGroupSize = program.Value.MaxGroupSize(handle),
        };
    }

    private protected override DeviceProfile Traits => profile;

    private protected override string Platform => Info.Platform;

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body.Method);
        RequireWithinLimits(function, function.SharedBytes + OpenClEmitter.ExchangeBytes(function));
        var source = OpenClEmitter.Emit(function);
        CompilationLog.Write(Name, function.Name, "cl", source);
        return Build(function.Name, source, function.Arguments, OpenClEmitter.ExchangeBytes(function) > 0);
    }
}
