using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies.Cases;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>What the loops of the important kernels are made of, printed for people: evidence where there is no GPU to measure on.</summary>
public sealed class PtxReportTests
{
    // The beginnings of cases' names.
    private static readonly string[] Important =
    [
        "MatMulSizes { Rows = 192, Columns = 200", "MatMulSizes { Rows = 100, Columns = 129", "convolution with bias and relu, padded 3x3",
        "convolution's filter gradient, 512 pixels", "gelu of float32", "add of float32", "softmax of Single", "batch moments of Single",
        "batch normalize", "batch norm gradient", "layer norm of Single",
    ];

    [Test]
    [Explicit("prints figures")]
    public void Report()
    {
        foreach (var beginning in Important)
        {
            if (KernelCases.All.LastOrDefault(other => other.Name.StartsWith(beginning, StringComparison.Ordinal)) is not { } kernelCase)
                continue;
            Print(kernelCase, SimulatedLauncher.GpuLike);
        }
        foreach (var precision in Enum.GetValues<MatMulPrecision>())
        {
            var registers = SimulatedLauncher.GpuLike with { HasMatrixUnits = true, MatMulPrecision = precision, Multiprocessors = 1 };
            var copies = registers with { HasAsyncCopies = true, SharedMemoryBytes = 100 << 10 };
            var product = new MatrixUnitCases(precision).Rounded(new(256, 256, 64));
            Print(product, registers);
            if (precision != MatMulPrecision.BFloat16)
                Print(product, copies);
        }
    }

    [Test]
    public void Loop_OfALargeProduct_IsMostlyMultiplyAddsOfWideLoads()
    {
        var collector = new PtxCollector(SimulatedLauncher.GpuLike);
        using var bench = new PtxCollectorBench(collector);
        KernelCases.All.First(static other => other.Name.StartsWith(Important[0], StringComparison.Ordinal)).Run(bench);
        var (config, module) = collector.Launches[0];
        var description = new PtxLoop(new PtxText(module.Text)).Describe(config.GroupSize);
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("ld.shared.v4.f32")), Is.EqualTo(32), description);
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("fma.rn.f32")), Is.EqualTo(512), description);
    }

    private static void Print(KernelCase kernelCase, DeviceProfile profile)
    {
        var collector = new PtxCollector(profile);
        using var bench = new PtxCollectorBench(collector);
        kernelCase.Run(bench);
        TestContext.Out.WriteLine($"{kernelCase.Name} in {profile.MatMulPrecision}{(profile.HasAsyncCopies ? " by copies" : "")}");
        foreach (var (config, module) in collector.Launches)
            TestContext.Out.WriteLine($"  {module.Name}\n    {new PtxLoop(new PtxText(module.Text)).Describe(config.GroupSize)}");
    }
}
