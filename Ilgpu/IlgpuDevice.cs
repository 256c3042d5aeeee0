extern alias Ours;

using ILGPU.Backends;
using ILGPU.Runtime;
using EngineKernels = Ours::GpuKeras.Kernels;

namespace GpuKeras.Ilgpu;

/// <summary>A device that ILGPU runs the kernels on: the engine's queue, pool and launch geometry over an accelerator's.</summary>
internal sealed class IlgpuDevice : CompiledDevice
{
    // ILGPU's shared memory is static, and the warps' exchange on OpenCL is made for groups of this size.
    private const int LargestGroup = 1024;
    private const int LargestSharedMemory = 48 << 10;

    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly KernelBuilder builder;

    /// <summary>Takes over an accelerator and its Context.</summary>
    /// <param name="kind">The kind of device, such as <c>ilgpu:cuda</c>.</param>
    /// <param name="name">The name that selects it, such as <c>ilgpu:cuda:0</c>.</param>
    /// <param name="context">A Context of this device's own.</param>
    /// <param name="accelerator">The only accelerator of the Context.</param>
    /// <param name="createBackend">Makes a compiler for it in another Context.</param>
    public IlgpuDevice(string kind, string name, Context context, Accelerator accelerator, Func<Context, Backend> createBackend)
        : base(name, kind, $"ILGPU {typeof(Context).Assembly.GetName().Version!.ToString(3)} on {accelerator.Name}")
    {
        (this.context, this.accelerator) = (context, accelerator);
        builder = new KernelBuilder(createBackend);
        Traits = new()
        {
            IsCpuLike = false,
            MaxGroupSize = Math.Min(accelerator.MaxNumThreadsPerGroup, LargestGroup),
            SharedMemoryBytes = Math.Min(accelerator.MaxSharedMemoryPerGroup, LargestSharedMemory),
            Multiprocessors = accelerator.NumMultiprocessors,
        };
    }

    /// <summary>As a GPU without matrix units: ILGPU has no instructions for them.</summary>
    private protected override EngineKernels.DeviceProfile Traits { get; }

    /// <summary>A second runtime is used by name only.</summary>
    internal override bool IsChosenAutomatically => false;

    internal override bool TryAllocate(long bytes, out nint handle)
    {
        try
        {
            handle = DeviceBuffer.Register(accelerator.Allocate1D<byte>(bytes));
            return true;
        }
        // ILGPU has no type of its own for memory that runs out.
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            handle = 0;
            return false;
        }
    }

    internal override void Free(nint handle) => DeviceBuffer.Free(handle);

    internal override void Finish() => Call("synchronize", accelerator.DefaultStream.Synchronize);

    internal override unsafe void Read(nint handle, long offsetBytes, Span<byte> target)
    {
        try
        {
            DeviceBuffer.Bytes(handle, offsetBytes, target.Length).CopyToCPU(accelerator.DefaultStream, ref target[0], target.Length);
            accelerator.DefaultStream.Synchronize();
        }
        catch (AcceleratorException exception)
        {
            throw Failed("copy to the host", exception);
        }
    }

    internal override void Write(nint handle, long offsetBytes, ReadOnlySpan<byte> source)
    {
        try
        {
            DeviceBuffer.Bytes(handle, offsetBytes, source.Length)
                .CopyFromCPU(accelerator.DefaultStream, ref System.Runtime.InteropServices.MemoryMarshal.GetReference(source), source.Length);
            // The source may be reused when this returns.
            accelerator.DefaultStream.Synchronize();
        }
        catch (AcceleratorException exception)
        {
            throw Failed("copy to the device", exception);
        }
    }

    /// <summary>An error of ILGPU's as one of the engine's.</summary>
    internal DeviceCallException Failed(string call, AcceleratorException exception, EngineKernels.KernelConfig? config = null)
    {
        var (name, code) = ($"{exception.GetType().Name}: {exception.Message.Trim()}", exception.HResult);
        return config is { } geometry
            ? new(Name, call, name, code, CurrentKernel, geometry)
            : new(Name, call, name, code);
    }

    private protected override DeviceKernel Compile(Delegate body, int groupSize)
    {
        var twin = Twins.Of(body.Method);
        var hasIndex = twin.GetParameters().Length == 2;
        var compiled = builder.Build(twin, hasIndex);
        var arguments = body.Method.GetParameters()[^1].ParameterType;
        return (DeviceKernel)Activator.CreateInstance(
            typeof(IlgpuKernel<,>).MakeGenericType(arguments, Twins.Of(arguments)), this, accelerator, compiled, hasIndex ? AutoGroupSize : 0)!;
    }

    private void Call(string name, Action call)
    {
        try
        {
            call();
        }
        catch (AcceleratorException exception)
        {
            throw Failed(name, exception);
        }
    }
}
