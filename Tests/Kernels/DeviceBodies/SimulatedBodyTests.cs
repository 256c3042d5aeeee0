using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

// Its cases stay one after another: side by side, their items that hand over to each other cost more time of the processor.
public sealed class SimulatedBodyTests
{
    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_OnASimulatedGpu_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase, SimulatedLauncher.GpuLike);

    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_OnASimulatedCpu_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase, SimulatedLauncher.CpuLike);

    [Test]
    public void Cases_CoverEveryKernel()
    {
        using var bench = new HostBench();
        foreach (var kernelCase in KernelCases.All)
            kernelCase.Run(bench);
        var kernels = typeof(IKernel).Assembly.GetTypes()
            .Where(static type => type.IsValueType && type.GetInterfaces().Contains(typeof(IKernel)));
        Assert.That(kernels.Where(kernel => !bench.Kernels.Contains(kernel)).Select(static kernel => kernel.Name), Is.Empty);
    }

    private static void Check(KernelCase kernelCase, DeviceProfile profile)
    {
        using var host = new HostBench();
        using var simulated = new SimulatedBench(profile);
        kernelCase.Run(host);
        kernelCase.Run(simulated);
        simulated.AssertEqual(host);
    }
}
