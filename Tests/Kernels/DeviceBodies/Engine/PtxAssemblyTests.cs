using System.Collections.Concurrent;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>NVIDIA's assembler takes the PTX of every kernel of the cases.</summary>
public sealed class PtxAssemblyTests
{
    // As before compute capability 8.0, and what it brought.
    private static IEnumerable<DeviceProfile> Profiles =>
    [
        SimulatedLauncher.GpuLike,
        .. Enum.GetValues<MatMulPrecision>().Select(static precision => SimulatedLauncher.GpuLike with
        {
            HasMatrixUnits = true,
            HasAsyncCopies = true,
            MatMulPrecision = precision,
            SharedMemoryBytes = 100 << 10,
        }),
    ];

    [TestCase(80)]
    [TestCase(90)]
    public void Ptx_OfEveryKernel_Assembles(int architecture)
    {
        if (Ptxas.Missing is { } reason)
            Assert.Ignore(reason);
        List<PtxModule> modules = [];
        foreach (var profile in Profiles)
        {
            var collector = new PtxCollector(profile);
            foreach (var kernelCase in KernelCases.All)
            {
                using var bench = new PtxCollectorBench(collector);
                kernelCase.Run(bench);
            }
            modules.AddRange(collector.Launches.Select(static launch => launch.Module));
        }
        using var folder = new TemporaryFolder();
        var problems = new ConcurrentBag<string>();
        Parallel.ForEach(modules.DistinctBy(static module => module.Name), module =>
        {
            var file = folder.File(module.Name + ".ptx");
            File.WriteAllText(file, module.Text);
            if (Ptxas.Assemble(file, architecture) is { } problem)
                problems.Add($"{module.Name}: {problem}");
        });
        Assert.That(problems, Is.Empty);
    }
}
