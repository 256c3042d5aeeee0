using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Kernels.DeviceBodies.Cases;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Products on matrix units, where the program allows rounded factors, beside the host's.</summary>
[NonParallelizable]
public class MatrixUnitTests
{
    private const int GuardLength = 64;

    [TearDown]
    public void RestorePrecision() => Keras.MatMulPrecision = MatMulPrecision.Float32;

    [TestCaseSource(typeof(MatrixUnitCases), nameof(MatrixUnitCases.Simulated))]
    public void Product_OnASimulatedGpu_EqualsHostBody(MatMulPrecision precision, KernelCase kernelCase)
    {
        using var bench = new SimulatedBench(Profile(precision));
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(MatrixUnitCases), nameof(MatrixUnitCases.Every))]
    public void Product_AsPtx_EqualsHostBody(MatMulPrecision precision, KernelCase kernelCase)
    {
        using var bench = new PtxBench(Profile(precision));
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(MatrixUnitCases), nameof(MatrixUnitCases.Every))]
    public void Product_AsPtxForOneMultiprocessor_EqualsHostBody(MatMulPrecision precision, KernelCase kernelCase)
    {
        using var bench = new PtxBench(NarrowProfile(precision));
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(MatrixUnitCases), nameof(MatrixUnitCases.Every))]
    public void Product_OnCuda_EqualsHostBody(MatMulPrecision precision, KernelCase kernelCase)
    {
        var device = (CompiledDevice)TestDevices.Cuda;
        Keras.MatMulPrecision = precision;
        using var bench = new DeviceBench(device, GuardLength);
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(MatrixUnitCases), nameof(MatrixUnitCases.Simulated))]
    public void Product_OnTheNullDevice_Compiles(MatMulPrecision precision, KernelCase kernelCase)
    {
        Keras.MatMulPrecision = precision;
        using var bench = new DeviceBench((CompiledDevice)Device.Get("null"), guardLength: 0);
        kernelCase.Run(bench);
    }

    // Factors rounded by exact arithmetic, products added in order of k: the interpreter's sums, to the bit.
    [TestCase(MatMulPrecision.Float32, 30, 33, 21)]
    [TestCase(MatMulPrecision.TensorFloat32, 30, 33, 21)]
    [TestCase(MatMulPrecision.TensorFloat32, 64, 64, 48)]
    [TestCase(MatMulPrecision.BFloat16, 30, 33, 21)]
    [TestCase(MatMulPrecision.BFloat16, 64, 64, 48)]
    public void Product_OfRandomNumbers_IsThatOfTheRoundedFactors(MatMulPrecision precision, int m, int n, int k)
    {
        var (a, b) = (Samples.Uniform<float>(m * k, 1), Samples.Uniform<float>(k * n, 2));
        (a[5], b[7]) = (MathF.ScaleB(a[5], 40), MathF.ScaleB(b[7], -40));
        using var bench = new PtxBench(Profile(precision));
        var c = bench.Output<float>(m * n);
        bench.Run(new MatMulKernel<Identity, float>(bench.Input<float>(a), bench.Input<float>(b), default, c, new(m, n, k)));
        var x = Array.ConvertAll(a, number => RoundedNumbers.Round(number, precision));
        var y = Array.ConvertAll(b, number => RoundedNumbers.Round(number, precision));
        for (var i = 0; i < m * n; i++)
        {
            var sum = 0f;
            for (var j = 0; j < k; j++)
            {
                var (left, right) = (x[i / n * k + j], y[j * n + i % n]);
                sum = precision == MatMulPrecision.Float32 ? MathF.FusedMultiplyAdd(left, right, sum) : sum + left * right;
            }
            Assert.That(c.Span[i], Is.EqualTo(sum), $"element {i}");
        }
    }

    [Test]
    public void Profile_OfADeviceWithMatrixUnits_FollowsTheProgram()
    {
        var device = (CompiledDevice)Device.Get("null");
        Assert.That(device.Profile.MatMulPrecision, Is.EqualTo(MatMulPrecision.Float32));
        foreach (var precision in (MatMulPrecision[])[MatMulPrecision.TensorFloat32, MatMulPrecision.BFloat16, MatMulPrecision.Float32])
        {
            Keras.MatMulPrecision = precision;
            Assert.That(device.Profile.MatMulPrecision, Is.EqualTo(precision));
        }
    }

    [Test]
    public void Profile_OfADeviceWithoutMatrixUnits_DoesNotFollow()
    {
        var device = (CompiledDevice)TestDevices.OpenCl;
        Keras.MatMulPrecision = MatMulPrecision.BFloat16;
        Assert.That(device.Profile.MatMulPrecision, Is.EqualTo(MatMulPrecision.Float32));
    }

    [Test]
    public void MatMulPrecision_OfNoKnownValue_Throws() =>
        Assert.That(() => Keras.MatMulPrecision = (MatMulPrecision)7, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("7"));

    [TestCase(MatMulPrecision.TensorFloat32)]
    [TestCase(MatMulPrecision.BFloat16)]
    public void Loop_OfALargeProduct_IsMatrixInstructionsOfWideLoads(MatMulPrecision precision)
    {
        var collector = new PtxCollector(NarrowProfile(precision));
        using var bench = new PtxCollectorBench(collector);
        new MatrixUnitCases(precision).Rounded(new(130, 130, 64)).Run(bench);
        var (_, module) = collector.Launches.Single();
        var loop = new PtxLoop(new PtxText(module.Text));
        var description = loop.ToString();
        TestContext.Out.WriteLine(description);
        var lines = module.Text.Split('\n');
        Assert.That(lines.Count(static line => line.Contains("mma.sync")), Is.EqualTo(32), description);
        Assert.That(lines.Count(static line => line.Contains("ld.shared")), Is.EqualTo(12), description);
        Assert.That(lines.Count(static line => line.Contains("ld.shared.v4.f32")), Is.EqualTo(12), description);
        // Eight words of either operand, each rounded once; written out for both directions that the operand may lie in.
        Assert.That(loop.Count("cvt", "tf32", "bf16x2"), Is.EqualTo(32), description);
    }

    private static DeviceProfile Profile(MatMulPrecision precision) =>
        SimulatedLauncher.GpuLike with { HasMatrixUnits = true, MatMulPrecision = precision };

    // Then one large tile is enough for the device.
    private static DeviceProfile NarrowProfile(MatMulPrecision precision) => Profile(precision) with { Multiprocessors = 1 };

    private static void Check(KernelCase kernelCase, KernelBench bench)
    {
        using var host = new HostBench();
        kernelCase.Run(host);
        kernelCase.Run(bench);
        bench.AssertEqual(host);
    }
}
