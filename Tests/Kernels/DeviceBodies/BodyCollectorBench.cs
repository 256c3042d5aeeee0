using System.Reflection;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Notes the device bodies that kernels launch, and runs none.</summary>
internal sealed class BodyCollectorBench(BodyCollector collector) : HostBench
{
    /// <summary>The device bodies that the kernel cases launch on a device.</summary>
    public static IReadOnlyCollection<MethodInfo> Collect(DeviceProfile profile) => Run(profile).Bodies;

    /// <summary>What the kernel cases launch on a device.</summary>
    public static BodyCollector Run(DeviceProfile profile)
    {
        var collector = new BodyCollector(profile);
        using var bench = new BodyCollectorBench(collector);
        foreach (var kernelCase in KernelCases.All)
            kernelCase.Run(bench);
        return collector;
    }

    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunDevice(collector);
}
