using GpuKeras.Perf.Workloads;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary>Workloads are as large as the device needs; the null device is like a GPU with matrix units.</summary>
public class ScaleTests
{
    [TestCase("cpu", 1 << 20)]
    [TestCase("null", 1 << 26)]
    public void Elementwise_FillsTheMemoryOfItsDevice(string name, int elements)
    {
        using var device = Device.Use(name);
        var add = ElementwiseSuite.Workloads.Single(static workload => workload.Name == "add");
        Assert.That(add.Bytes, Is.EqualTo(12.0 * elements));
        Assert.That(add.Peers[0].Variants, Is.EqualTo(new[] { $"op/add@{elements}" }));
    }

    [TestCase("cpu", new string[0])]
    [TestCase("null", new[]
    {
        "gemm/1x4096x4096x4096_NN_fp32", "gemm/1x8192x8192x8192_NN_fp32",
        "gemm/1x4096x4096x4096_NN_tf32", "gemm/1x8192x8192x8192_NN_tf32", "gemm/1x4096x4096x4096_NN_bf16", "gemm/1x8192x8192x8192_NN_bf16",
    })]
    public void Gemm_OnAGpu_HasLargeProductsInEachPrecision(string name, string[] expected)
    {
        using var device = Device.Use(name);
        var large = GemmSuite.Workloads.Where(static workload => workload.Flops > 1e11).SelectMany(static workload => workload.Peers[0].Variants);
        Assert.That(large, Is.EqualTo(expected));
    }

    /// <summary>Half a unit in the last place of a factor, with 1 bit before the binary point.</summary>
    [TestCase(MatMulPrecision.TensorFloat32, 10, "sq16_tf32")]
    [TestCase(MatMulPrecision.BFloat16, 7, "sq16_bf16")]
    public void Rounded_AllowsWhatTwoSidesRoundAway(MatMulPrecision precision, int fractionBits, string name)
    {
        var problem = GemmProblem.Square(16).With(precision);
        Assert.That(problem.Name, Is.EqualTo(name));
        Assert.That(problem.RelativeTolerance, Is.EqualTo(1e-4 + 5 * Math.Pow(2, -fractionBits - 1)));
    }
}
