using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Kernels.DeviceBodies.Cases;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Products whose numbers are copied to shared memory in the background, beside those by way of registers.</summary>
public sealed class CopyingProductTests
{
    private static readonly MatMulSizes Large = new(130, 132, 40);

    private static IEnumerable<TestCaseData> Cases =>
    [
        .. LinearCases.All.Select(static kernelCase => new TestCaseData(MatMulPrecision.Float32, kernelCase)),
        .. MatrixUnitCases.Every.Where(static data => data.Arguments[0] is MatMulPrecision.TensorFloat32),
    ];

    // The sums have one order, so they agree to the bit.
    [TestCaseSource(nameof(Cases))]
    public void Product_ByCopies_EqualsThatByRegisters(MatMulPrecision precision, KernelCase kernelCase)
    {
        using var copies = new PtxBench(Profile(precision));
        using var registers = new PtxBench(Profile(precision) with { HasAsyncCopies = false });
        kernelCase.Run(copies);
        kernelCase.Run(registers);
        copies.AssertSame(registers);
    }

    [TestCase(MatMulPrecision.Float32, 20, 33, 17)]
    [TestCase(MatMulPrecision.TensorFloat32, 20, 34, 16)]
    public void Product_ByCopiesOnASimulatedGpu_EqualsThatAsPtx(MatMulPrecision precision, int m, int n, int k)
    {
        using var simulated = new SimulatedBench(Profile(precision));
        using var ptx = new PtxBench(Profile(precision));
        Product(new(m, n, k)).Run(simulated);
        Product(new(m, n, k)).Run(ptx);
        simulated.AssertSame(ptx);
    }

    // Views that do not start at a multiple of 16 bytes.
    [TestCase(MatMulPrecision.Float32)]
    [TestCase(MatMulPrecision.TensorFloat32)]
    public void Product_OfMatricesAtOddPlaces_EqualsThatByRegisters(MatMulPrecision precision)
    {
        using var copies = new PtxBench(Profile(precision));
        using var registers = new PtxBench(Profile(precision) with { HasAsyncCopies = false });
        var sizes = new MatMulSizes(36, 40, 24);
        var shifted = new KernelCase("shifted", bench => bench.Run(new MatMulKernel<Identity, float>(
            bench.Input<float>(Samples.Uniform<float>(36 * 24 + 1, 1)).SubView(1, 36 * 24),
            bench.Input<float>(Samples.Uniform<float>(24 * 40 + 1, 2)).SubView(1, 24 * 40), default, bench.Output<float>(36 * 40), sizes)));
        shifted.Run(copies);
        shifted.Run(registers);
        copies.AssertSame(registers);
    }

    // Each a fault that a main loop might have. The interpreter must see it, whatever the numbers are.
    [TestCase(MatMulPrecision.Float32, "cp.async.wait_group 1;", "cp.async.wait_group 2;", "copies to it")]
    [TestCase(MatMulPrecision.Float32, "cp.async.wait_group 1;", "", "copies to it")]
    [TestCase(MatMulPrecision.Float32, "cp.async.commit_group;", "", "copies to it")]
    [TestCase(MatMulPrecision.Float32, "bar.sync 0;", "", "race")]
    [TestCase(MatMulPrecision.TensorFloat32, "cp.async.wait_group 1;", "cp.async.wait_group 2;", "copies to it")]
    [TestCase(MatMulPrecision.TensorFloat32, "bar.sync 0;", "", "race")]
    public void Product_WithAPlantedFault_IsFound(MatMulPrecision precision, string right, string wrong, string message)
    {
        using var bench = new PtxBench(Profile(precision), text =>
        {
            Assert.That(text, Does.Contain(right));
            return text.Replace(right, wrong);
        });
        Assert.That(() => Product(new(20, 34, 64)).Run(bench), Throws.TypeOf<PtxException>().With.Message.Matches(message));
    }

    [TestCase(MatMulPrecision.Float32, 0)]
    [TestCase(MatMulPrecision.TensorFloat32, 48)]
    public void Loop_OfALargeProduct_ReadsNoGlobalMemory(MatMulPrecision precision, int conversions)
    {
        var collector = new PtxCollector(Profile(precision));
        using var bench = new PtxCollectorBench(collector);
        Product(Large).Run(bench);
        var (_, module) = collector.Launches.Single();
        var loop = new PtxLoop(new PtxText(module.Text));
        var description = loop.ToString();
        TestContext.Out.WriteLine(description);
        Assert.That(loop.Count("ld", "global"), Is.Zero, description);
        Assert.That(loop.Count("st", "shared"), Is.Zero, description);
        Assert.That(loop.Count("cp", "cg"), Is.GreaterThanOrEqualTo(2), description);
        Assert.That(loop.Count("bar", "sync"), Is.EqualTo(1), description);
        // Once for each number that an item reads from shared memory, not for each instruction that it goes into.
        Assert.That(loop.Count("cvt", "tf32"), Is.EqualTo(conversions), description);
    }

    [Test]
    public void Product_OnADeviceWithLittleSharedMemory_GoesByRegisters()
    {
        var collector = new PtxCollector(Profile(MatMulPrecision.TensorFloat32) with { SharedMemoryBytes = 48 << 10 });
        using var bench = new PtxCollectorBench(collector);
        Product(Large).Run(bench);
        Assert.That(collector.Launches.Single().Module.Text, Does.Not.Contain("cp.async"));
    }

    // One multiprocessor, for which one large tile is enough.
    private static DeviceProfile Profile(MatMulPrecision precision) => SimulatedLauncher.GpuLike with
    {
        HasMatrixUnits = true,
        HasAsyncCopies = true,
        MatMulPrecision = precision,
        SharedMemoryBytes = 100 << 10,
        Multiprocessors = 1,
    };

    private static KernelCase Product(MatMulSizes sizes) => new($"{sizes}", bench => bench.Run(new MatMulKernel<Identity, float>(
        bench.Input<float>(Samples.Uniform<float>(sizes.Rows * sizes.Inner, 1)),
        bench.Input<float>(Samples.Uniform<float>(sizes.Inner * sizes.Columns, 2)), default,
        bench.Output<float>(sizes.Rows * sizes.Columns), sizes)));
}
