using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

public sealed class PtxBodyTests
{
    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_AsPtx_EqualsHostBody(KernelCase kernelCase)
    {
        using var host = new HostBench();
        using var ptx = new PtxBench(SimulatedLauncher.GpuLike);
        kernelCase.Run(host);
        kernelCase.Run(ptx);
        ptx.AssertEqual(host);
    }
}
