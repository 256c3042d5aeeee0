extern alias Ours;

using System.Runtime.InteropServices;
using ILGPU.Backends;
using ILGPU.Runtime;
using EngineKernels = Ours::GpuKeras.Kernels;

namespace GpuKeras.Ilgpu;

/// <summary>A body as ILGPU runs it.</summary>
/// <typeparam name="TSource">The arguments of the body of GpuKeras.Kernels.</typeparam>
/// <typeparam name="TTarget">Those of its twin, which runs.</typeparam>
internal sealed class IlgpuKernel<TSource, TTarget> : DeviceKernel
    where TSource : struct
    where TTarget : struct
{
    private readonly IlgpuDevice device;
    private readonly AcceleratorStream stream;
    private readonly Action<AcceleratorStream, KernelConfig, TTarget>? grouped;
    private readonly Action<AcceleratorStream, Index1D, TTarget>? indexed;

    /// <summary>Loads a compiled body.</summary>
    /// <param name="device">The device, for errors.</param>
    /// <param name="accelerator">What runs it.</param>
    /// <param name="compiled">The twin, compiled.</param>
    /// <param name="groupSize">The items of a group in launches over a count; 0 for a body with a geometry of its own.</param>
    public IlgpuKernel(IlgpuDevice device, Accelerator accelerator, CompiledKernel compiled, int groupSize)
        : base([])
    {
        (this.device, stream) = (device, accelerator.DefaultStream);
        if (groupSize == 0)
            grouped = accelerator.LoadKernel(compiled).CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, TTarget>>();
        else
            indexed = accelerator.LoadImplicitlyGroupedKernel(compiled, groupSize)
                .CreateLauncherDelegate<Action<AcceleratorStream, Index1D, TTarget>>();
    }

    private protected override void Queue(in EngineKernels.KernelConfig config, int count, ReadOnlySpan<byte> bytes)
    {
        ref var source = ref System.Runtime.CompilerServices.Unsafe.As<byte, TSource>(ref MemoryMarshal.GetReference(bytes));
        ArgumentConverter<TSource, TTarget>.Convert(ref source, out var target);
        try
        {
            if (grouped is not null)
                grouped(stream, new(Index(config.Grid), Index(config.Group)), target);
            else
                indexed!(stream, count, target);
        }
        catch (AcceleratorException exception)
        {
            throw device.Failed("launch", exception, config);
        }
    }

    private static Index3D Index(in EngineKernels.Index3D size) => new(size.X, size.Y, size.Z);
}
