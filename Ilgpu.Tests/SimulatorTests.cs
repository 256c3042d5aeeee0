using GpuKeras.Tests.Kernels.DeviceBodies;
using GpuKeras.Tests.Kernels.DeviceBodies.Engine;
using NUnit.Framework;

namespace GpuKeras.Tests.Ilgpu;

/// <summary>Kernel cases that ILGPU's simulator runs, beside the host body. What ILGPU rejects is skipped, with its reason.</summary>
[NonParallelizable]
public sealed class SimulatorTests
{
    private const int GuardLength = 64;

    [TestCaseSource(typeof(Bodies), nameof(Bodies.Sample))]
    public void Body_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase);

    [Test]
    [Explicit("takes six minutes")]
    public void EveryBody_EqualsHostBody()
    {
        foreach (var kernelCase in KernelCases.All)
            Check(kernelCase);
    }

    private static void Check(KernelCase kernelCase)
    {
        using var host = new HostBench();
        using var bench = new DeviceBench((CompiledDevice)SuiteRuntime.Simulator, GuardLength);
        kernelCase.Run(host);
        try
        {
            kernelCase.Run(bench);
        }
        catch (KernelCompilationException rejected)
        {
            Assert.Ignore(rejected.Message);
        }
        bench.AssertEqual(host);
    }
}
