using System.Collections.Concurrent;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>NVIDIA's assembler takes the PTX of every kernel of the cases.</summary>
public sealed class PtxAssemblyTests
{
    [TestCase(80)]
    [TestCase(90)]
    public void Ptx_OfEveryKernel_Assembles(int architecture)
    {
        if (Ptxas.Missing is { } reason)
            Assert.Ignore(reason);
        var collector = new PtxCollector(SimulatedLauncher.GpuLike);
        foreach (var kernelCase in KernelCases.All)
        {
            using var bench = new PtxCollectorBench(collector);
            kernelCase.Run(bench);
        }
        using var folder = new TemporaryFolder();
        var problems = new ConcurrentBag<string>();
        Parallel.ForEach(collector.Launches.Select(static launch => launch.Module).DistinctBy(static module => module.Name), module =>
        {
            var file = folder.File(module.Name + ".ptx");
            File.WriteAllText(file, module.Text);
            if (Ptxas.Assemble(file, architecture) is { } problem)
                problems.Add($"{module.Name}: {problem}");
        });
        Assert.That(problems, Is.Empty);
    }
}
