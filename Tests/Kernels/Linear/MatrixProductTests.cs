using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Linear;

/// <summary>Every register width, whatever the widest one of this processor is.</summary>
[TestFixture(typeof(FloatVector512))]
[TestFixture(typeof(FloatVector256))]
[TestFixture(typeof(FloatVector128))]
[TestFixture(typeof(FloatLane))]
public class MatrixProductTests<TLane>
    where TLane : struct, ILane<TLane, float>
{
    [Test]
    public unsafe void Multiply_SizesAroundTheTile_MatchDefinition(
        [Values(1, 5, 6, 7, 13, 14, 15, 29)] int m, [Values(1, 8, 15, 16, 17, 31, 32, 33)] int n, [Values(0, 1, 7, 300)] int k)
    {
        foreach (var (transposeA, transposeB) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            var sizes = new MatMulSizes(m, n, k, transposeA, transposeB);
            var a = new HostArray<float>(Samples.Uniform<float>(m * k, 1));
            var b = new HostArray<float>(Samples.Uniform<float>(k * n, 2));
            var bias = new HostArray<float>(Samples.Uniform<float>(n, 3));
            var c = new HostArray<float>(m * n);
            var left = StridedMatrix<float>.RowMajor(a.View.Pointer, transposeA ? m : k, transposeA);
            var right = StridedMatrix<float>.RowMajor(b.View.Pointer, transposeB ? k : n, transposeB);
            MatrixProduct<TLane, float>.Multiply(
                left, right, c.View.Pointer, n, m, n, k, bias.View.Pointer, accumulate: false, default(Identity));
            MatMulReference.AssertProduct<float>(a.Span, b.Span, (_, j) => bias[j], c.Span, sizes);
            c.AssertGuards();
        }
    }

    [Test]
    public unsafe void Multiply_LargeEnoughToPackB_MatchesDefinition([Values(256, 450)] int m, [Values(31, 65, 96)] int n)
    {
        const int K = 270;
        var a = new HostArray<float>(Samples.Uniform<float>(m * K, 1));
        var b = new HostArray<float>(Samples.Uniform<float>(K * n, 2));
        var old = Samples.Uniform<float>(m * n, 3);
        var c = new HostArray<float>(old);
        MatrixProduct<TLane, float>.Multiply(
            StridedMatrix<float>.RowMajor(a.View.Pointer, K), StridedMatrix<float>.RowMajor(b.View.Pointer, n), c.View.Pointer, n, m, n, K,
            null, accumulate: true, default(Identity));
        MatMulReference.AssertProduct<float>(a.Span, b.Span, (i, j) => old[i * n + j], c.Span, new(m, n, K));
        c.AssertGuards();
    }

    [Test]
    public unsafe void DotProducts_EveryGroupOfColumns_MatchesDefinition(
        [Values(1, 3, 4, 5, 9)] int m, [Values(1, 2, 3, 4, 5, 8)] int n, [Values(0, 1, 16, 50)] int k, [Values] bool accumulate)
    {
        var sizes = new MatMulSizes(m, n, k, TransposeB: true);
        var a = new HostArray<float>(Samples.Uniform<float>(m * k, 1));
        var b = new HostArray<float>(Samples.Uniform<float>(k * n, 2));
        var bias = new HostArray<float>(Samples.Uniform<float>(n, 3));
        var old = Samples.Uniform<float>(m * n, 4);
        var c = new HostArray<float>(old);
        var none = default(StridedMatrix<float>);
        DotProducts<TLane, FloatLane, float>.Multiply(
            StridedMatrix<float>.RowMajor(a.View.Pointer, k), StridedMatrix<float>.RowMajor(b.View.Pointer, k),
            StridedMatrix<float>.RowMajor(c.View.Pointer, n), m, n, k, accumulate ? none : new(bias.View.Pointer, 0, 1), accumulate,
            default(Identity));
        MatMulReference.AssertProduct<float>(a.Span, b.Span, (i, j) => accumulate ? old[i * n + j] : bias[j], c.Span, sizes);
        c.AssertGuards();
    }
}
