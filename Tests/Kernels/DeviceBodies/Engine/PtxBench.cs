using GpuKeras.Kernels;
using GpuKeras.Tests.Support.Ptx;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Runs device bodies as PTX in the interpreter.</summary>
/// <param name="profile">The device to pretend to be.</param>
/// <param name="alter">What is changed in the PTX, or null.</param>
/// <param name="tally">Counts what runs, or null.</param>
internal sealed class PtxBench(DeviceProfile profile, Func<string, string>? alter = null, PtxTally? tally = null) : KernelBench
{
    private readonly PtxLauncher launcher = new(profile, alter, tally);

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
