using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

public sealed class SimulatedBodyTests
{
    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_OnASimulatedGpu_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase, SimulatedLauncher.GpuLike);

    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_OnASimulatedCpu_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase, SimulatedLauncher.CpuLike);

    private static void Check(KernelCase kernelCase, DeviceProfile profile)
    {
        using var host = new HostBench();
        using var simulated = new SimulatedBench(profile);
        kernelCase.Run(host);
        kernelCase.Run(simulated);
        simulated.AssertEqual(host);
    }
}
