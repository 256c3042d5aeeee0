using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Kernels.DeviceBodies.Cases;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Products on matrix units, where the program allows TF32, beside the host's.</summary>
[NonParallelizable]
public class TensorFloatTests
{
    private const int GuardLength = 64;

    private static readonly DeviceProfile Profile =
        SimulatedLauncher.GpuLike with { HasMatrixUnits = true, UsesTensorFloat32 = true };

    // Then one large tile is enough for the device.
    private static readonly DeviceProfile NarrowProfile = Profile with { Multiprocessors = 1 };

    [TearDown]
    public void RestorePrecision() => Keras.MatMulPrecision = MatMulPrecision.Float32;

    [TestCaseSource(typeof(TensorFloatCases), nameof(TensorFloatCases.Small))]
    public void Product_OnASimulatedGpu_EqualsHostBody(KernelCase kernelCase)
    {
        using var bench = new SimulatedBench(Profile);
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(TensorFloatCases), nameof(TensorFloatCases.Every))]
    public void Product_AsPtx_EqualsHostBody(KernelCase kernelCase)
    {
        using var bench = new PtxBench(Profile);
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(TensorFloatCases), nameof(TensorFloatCases.Every))]
    public void Product_AsPtxForOneMultiprocessor_EqualsHostBody(KernelCase kernelCase)
    {
        using var bench = new PtxBench(NarrowProfile);
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(TensorFloatCases), nameof(TensorFloatCases.Every))]
    public void Product_OnCuda_EqualsHostBody(KernelCase kernelCase)
    {
        var device = (CompiledDevice)TestDevices.Cuda;
        Keras.MatMulPrecision = MatMulPrecision.TensorFloat32;
        using var bench = new DeviceBench(device, GuardLength);
        Check(kernelCase, bench);
    }

    [TestCaseSource(typeof(TensorFloatCases), nameof(TensorFloatCases.Small))]
    public void Product_OnTheNullDevice_Compiles(KernelCase kernelCase)
    {
        Keras.MatMulPrecision = MatMulPrecision.TensorFloat32;
        using var bench = new DeviceBench((CompiledDevice)Device.Get("null"), guardLength: 0);
        kernelCase.Run(bench);
    }

    [Test]
    public void Product_OfNumbersThatTf32Rounds_IsRoundedOnlyIfAllowed()
    {
        Assert.That(Product(Profile with { UsesTensorFloat32 = false }), Is.EqualTo(1 + MathF.ScaleB(1, -20)));
        Assert.That(Product(Profile), Is.EqualTo(1));
    }

    [Test]
    public void Profile_OfADeviceWithMatrixUnits_FollowsTheProgram()
    {
        var device = (CompiledDevice)Device.Get("null");
        Assert.That(device.Profile.UsesTensorFloat32, Is.False);
        Keras.MatMulPrecision = MatMulPrecision.TensorFloat32;
        Assert.That(device.Profile.UsesTensorFloat32, Is.True);
        Keras.MatMulPrecision = MatMulPrecision.Float32;
        Assert.That(device.Profile.UsesTensorFloat32, Is.False);
    }

    [Test]
    public void MatMulPrecision_OfNoKnownValue_Throws() =>
        Assert.That(() => Keras.MatMulPrecision = (MatMulPrecision)7, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("7"));

    [Test]
    public void Loop_OfALargeProduct_IsMatrixInstructionsOfWideLoads()
    {
        var collector = new PtxCollector(NarrowProfile);
        using var bench = new PtxCollectorBench(collector);
        TensorFloatCases.Rounded(new(130, 130, 64)).Run(bench);
        var (config, module) = collector.Launches.Single();
        var description = new PtxLoop(new PtxText(module.Text)).Describe(config.GroupSize);
        TestContext.Out.WriteLine(description);
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("mma.sync")), Is.EqualTo(32), description);
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("ld.shared")), Is.EqualTo(12), description);
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("ld.shared.v4.f32")), Is.EqualTo(12), description);
    }

    // Σ of one 1 + 2⁻²⁰, which TF32 does not hold, and zeros.
    private static float Product(DeviceProfile profile)
    {
        const int Side = 16;
        var a = new float[Side * Side];
        var b = new float[Side * Side];
        (a[0], b[0]) = (1 + MathF.ScaleB(1, -20), 1);
        using var bench = new PtxBench(profile);
        var c = bench.Output<float>(Side * Side);
        bench.Run(new MatMulKernel<Identity, float>(bench.Input<float>(a), bench.Input<float>(b), default, c, new(Side, Side, Side)));
        return c.Span[0];
    }

    private static void Check(KernelCase kernelCase, KernelBench bench)
    {
        using var host = new HostBench();
        kernelCase.Run(host);
        kernelCase.Run(bench);
        bench.AssertEqual(host);
    }
}
