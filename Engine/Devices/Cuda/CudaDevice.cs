using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>An NVIDIA GPU, through the driver alone.</summary>
internal sealed class CudaDevice : CompiledDevice
{
    private readonly Lazy<CudaQueue> queue;
    private readonly Lazy<CudaProgram> program;

    /// <summary>A device that the driver has listed.</summary>
    /// <param name="info">What the driver says of the device.</param>
    /// <param name="number">The number in its name.</param>
    /// <param name="cache">Where binaries of kernels are kept.</param>
    public CudaDevice(CudaInfo info, int number, KernelCache cache)
        : base($"cuda:{number}", "cuda", info.Describe())
    {
        Info = info;
        Traits = info.Profile;
        // A program that only lists devices needs no context, which takes memory and a good part of a second.
        queue = new(() => new CudaQueue(info.Device, Name));
        program = new(() => new CudaProgram(queue.Value, Name, info, cache));
    }

    /// <summary>What the driver says of the device.</summary>
    public CudaInfo Info { get; }

    /// <summary>What builds this device's kernels.</summary>
    internal CudaProgram Program => program.Value;

    internal override bool TryAllocate(long bytes, out nint handle) => queue.Value.TryAllocate(bytes, out handle);

    internal override void Free(nint handle) => queue.Value.Free(handle);

    internal override void Finish() => queue.Value.Finish();

    internal override void Read(nint handle, long offsetBytes, Span<byte> target) =>
        queue.Value.Read((nint)(handle + offsetBytes), target);

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source) =>
        queue.Value.Write((nint)(handle + offsetBytes), source);

    /// <summary>Builds PTX.</summary>
    /// <param name="module">PTX with one kernel.</param>
    /// <param name="arguments">The kernel's arguments.</param>
    internal CudaKernel Build(PtxModule module, IReadOnlyList<KernelArgument> arguments) =>
        new(queue.Value, program.Value.Build(module), module, arguments);

    private protected override DeviceProfile Traits { get; }

    private protected override string Platform => Info.Platform;

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var function = KernelCompiler.Translate(body.Method);
        RequireWithinLimits(function, function.SharedBytes);
        var module = PtxEmitter.Emit(function, Info.Architecture, groupSize);
        CompilationLog.Write(Name, function.Name, "ptx", module.Text);
        return Build(module, function.Arguments);
    }
}
