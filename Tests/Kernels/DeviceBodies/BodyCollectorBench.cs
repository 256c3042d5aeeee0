using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Notes the device bodies that kernels launch, and runs none.</summary>
internal sealed class BodyCollectorBench(BodyCollector collector) : HostBench
{
    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunDevice(collector);
}
