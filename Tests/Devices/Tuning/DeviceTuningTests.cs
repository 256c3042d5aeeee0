using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Kernels.DeviceBodies;
using GpuKeras.Tests.Kernels.DeviceBodies.Engine;
using GpuKeras.Tests.Support;
using NUnit.Framework;
using Product = GpuKeras.Kernels.Linear.ProductTuning<
    GpuKeras.Kernels.Linear.MatrixSource<float>, GpuKeras.Kernels.Linear.MatrixSource<float>, float>;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>What a real device, PoCL, makes of tuning, with the kernels for GPUs and those for processors.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeviceTuningTests : IDisposable
{
    private const string Platform = "the device under test";

    private static readonly MatMulSizes Sizes = new(5, 40, 132);

    private readonly TemporaryFolder folder = new();
    private readonly List<string> lines = [];
    private readonly OpenClDevice device = (OpenClDevice)TestDevices.OpenCl;

    private static IEnumerable<TestCaseData> EveryCandidate => [.. Names<Product>(cpuLike: false), .. Names<PanelTuning>(cpuLike: true)];

    public void Dispose() => folder.Dispose();

    [TestCase(false, "product")]
    [TestCase(true, "panel-product")]
    public void FirstProduct_MeasuresAndLeavesItsResultAlone(bool cpuLike, string family)
    {
        // Were C written by trials, the sums would be there more than once.
        Run(cpuLike, TuningMode.On, static bench => bench.Run(new MatMulKernel<Identity, float>(
            A(bench), B(bench), default, bench.InOut<float>(Tolerance, Samples.Uniform<float>(Sizes.Rows * Sizes.Columns, 4)), Sizes,
            accumulate: true)));
        var result = TuningResult.Parse(File.ReadAllBytes(folder.File(folder.FileNames.Single())));
        Assert.That(result.Family, Is.EqualTo(family));
        Assert.That(result.Sizes, Is.EqualTo("1x5x40x160"));
        Assert.That(result.Milliseconds, Has.Count.GreaterThan(2));
        Assert.That(result.Milliseconds.Values, Is.All.GreaterThan(0));
        Assert.That(result.Milliseconds, Does.ContainKey(result.Chosen));
    }

    [TestCaseSource(nameof(EveryCandidate))]
    public void ChosenCandidate_EqualsHostBody(bool cpuLike, string candidate)
    {
        foreach (var sizes in new[] { Sizes, Sizes with { TransposeB = true } })
        {
            Keep(cpuLike, candidate, sizes);
            Run(cpuLike, TuningMode.Kept, bench => bench.Run(new MatMulKernel<Relu, float>(
                A(bench), B(bench), bench.Input<float>(Samples.Uniform<float>(Sizes.Columns, 3)),
                bench.Output<float>(Sizes.Rows * Sizes.Columns, Tolerance), sizes)));
        }
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines, Has.All.Contain($": {candidate}, as measured before"));
    }

    [Test]
    public void DeviceThatRunsNothing_MeasuresNothing()
    {
        using var cache = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["GPUKERAS_TUNE"] = "on", ["GPUKERAS_CACHE"] = cache.FullName };
        new EngineCopy(environment).Run(static () => Multiply("null"));
        Assert.That(Directory.Exists(cache.File("tuning")), Is.False);
        new EngineCopy(environment).Run(static () => Multiply("opencl:0"));
        Assert.That(Directory.GetFiles(cache.File("tuning")), Has.Length.EqualTo(1));
    }

    private static double Tolerance => 2 * Support.Tolerance.For<float>(Sizes.Inner) * Sizes.Inner;

    private static void Multiply(string name)
    {
        using var use = Device.Use(name);
        Tensor.Zeros(new Shape(64, 64)).MatMul(Tensor.Zeros(new Shape(64, 64))).Device.Synchronize();
    }

    private static IEnumerable<TestCaseData> Names<TTunable>(bool cpuLike)
        where TTunable : struct, ITunable => TTunable.Candidates.Select(name => new TestCaseData(cpuLike, name));

    private static ArrayView<float> A(KernelBench bench) => bench.Input<float>(Samples.Uniform<float>(Sizes.Rows * Sizes.Inner, 1));

    private static ArrayView<float> B(KernelBench bench) => bench.Input<float>(Samples.Uniform<float>(Sizes.Inner * Sizes.Columns, 2));

    private void Keep(bool cpuLike, string candidate, MatMulSizes sizes)
    {
        var (a, b) = (MatMulOperands.A<float>(default, sizes, default), MatMulOperands.B<float>(default, sizes, default));
        var result = new TuningResult(Platform, "", "", "", candidate, new Dictionary<string, double?>());
        if (cpuLike)
            Cache.Write(Platform, new PanelTuning(a, b, 1, hasOneB: true), result);
        else
            Cache.Write(Platform, new Product(new(a), new(b), new(1, Sizes.Rows, Sizes.Columns, Sizes.Inner, 1, Sizes.Inner), device.Profile), result);
    }

    private TuningCache Cache => new(folder.FullName, lines.Add);

    private void Run(bool cpuLike, TuningMode mode, Action<KernelBench> run)
    {
        device.OtherTuner = new Tuner(Platform, mode, Cache, TimeProvider.System, lines.Add);
        try
        {
            OpenClBodyTests.Check(new KernelCase("tuned", run), cpuLike, guardLength: 64);
        }
        finally
        {
            device.OtherTuner = null;
        }
    }
}
