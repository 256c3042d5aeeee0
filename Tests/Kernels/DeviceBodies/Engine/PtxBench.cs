using GpuKeras.Kernels;
using GpuKeras.Tests.Support.Ptx;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Runs device bodies as PTX in the interpreter.</summary>
internal sealed class PtxBench(DeviceProfile profile) : KernelBench
{
    private readonly PtxLauncher launcher = new(profile);

    public override void Dispose()
    {
        launcher.Dispose();
        base.Dispose();
    }

    protected override (ArrayView<T> View, Func<T[]> Read) Allocate<T>(ReadOnlySpan<T> values)
    {
        var view = launcher.Allocate(values);
        return (view, () => view.Span.ToArray());
    }

    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunDevice(launcher);
}
