using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>An NVIDIA GPU, through the driver alone.</summary>
internal sealed class CudaDevice : CompiledDevice
{
    private readonly Lock starting = new();
    private readonly KernelCache cache;
    private volatile CudaQueue? queue;
    private volatile CudaProgram? program;

    /// <summary>A device that the driver has listed.</summary>
    /// <param name="info">What the driver says of the device.</param>
    /// <param name="number">The number in its name.</param>
    /// <param name="cache">Where binaries of kernels are kept.</param>
    public CudaDevice(CudaInfo info, int number, KernelCache cache)
        : base($"cuda:{number}", "cuda", info.Describe())
    {
        Info = info;
        Traits = info.Profile;
        this.cache = cache;
    }

    /// <summary>What the driver says of the device.</summary>
    public CudaInfo Info { get; }

    /// <summary>What builds this device's kernels.</summary>
    internal CudaProgram Program => program ??= new CudaProgram(Queue, Name, Info, cache);

    // A program that only lists devices needs no context, which takes memory and a good part of a second. A failure, such as a device
    // that others have filled, is not for good.
    private CudaQueue Queue
    {
        get
        {
            if (queue is { } ready)
                return ready;
            lock (starting)
                return queue ??= new CudaQueue(this);
        }
    }

    internal override bool TryAllocate(long bytes, out nint handle) => Queue.TryAllocate(bytes, out handle);

    internal override void Free(nint handle) => Queue.Free(handle);

    internal override void Finish() => Queue.Finish();

    internal override void Read(nint handle, long offsetBytes, Span<byte> target) =>
        Queue.Read((nint)(handle + offsetBytes), target);

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source) =>
        Queue.Write((nint)(handle + offsetBytes), source);

    /// <summary>Builds PTX.</summary>
    /// <param name="module">PTX with one kernel.</param>
    /// <param name="arguments">The kernel's arguments.</param>
    internal CudaKernel Build(PtxModule module, IReadOnlyList<KernelArgument> arguments) =>
        new(Queue, Program.Build(module), module, arguments);

    private protected override DeviceProfile Traits { get; }

    private protected override string Platform => Info.Platform;

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body);
        RequireWithinLimits(function, function.SharedBytes);
        var module = PtxEmitter.Emit(function, Info.Architecture, groupSize);
        CompilationLog.Write(Name, function.Name, "ptx", module.Text);
        return Build(module, function.Arguments);
    }
}
