using GpuKeras.Tests.Support.Ptx;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Compiles device bodies to PTX and runs none.</summary>
internal sealed class PtxCollectorBench(PtxCollector collector) : HostBench
{
    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunDevice(collector);
}
