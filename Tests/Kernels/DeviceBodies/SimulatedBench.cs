using GpuKeras.Kernels;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Runs device bodies as plain C#.</summary>
public sealed class SimulatedBench(DeviceProfile profile) : HostBench
{
    private readonly SimulatedLauncher launcher = new(profile);

    public override void Dispose()
    {
        launcher.Dispose();
        base.Dispose();
    }

    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunDevice(launcher);
}
