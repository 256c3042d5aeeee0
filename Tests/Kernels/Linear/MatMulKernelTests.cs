using System.Numerics;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Linear;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public class MatMulKernelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly MatMulSizes[] Shapes =
    [
        new(0, 3, 2), new(3, 0, 2), new(3, 2, 0), new(1, 1, 1), new(1, 784, 100), new(130, 1, 33), new(64, 64, 64),
        new(128, 10, 512), new(13, 31, 255), new(14, 32, 256), new(15, 33, 257), new(43, 65, 129), new(421, 48, 17), new(29, 129, 1030),
        // Few columns or rows, for dot products and vector products, with and without whole registers of k.
        new(9, 1, 64), new(5, 3, 48), new(2, 8, 101), new(131, 7, 47), new(3, 200, 96), new(4, 9, 63), new(1, 77, 50), new(1, 129, 7),
        // B in panels packed at once, of which the last is partial.
        new(270, 70, 520),
    ];

    [Test]
    public void Product_EveryTransposition_MatchesDefinition(
        [ValueSource(nameof(Shapes))] MatMulSizes sizes, [Values] bool transposeA, [Values] bool transposeB)
    {
        sizes = sizes with { TransposeA = transposeA, TransposeB = transposeB };
        var (a, b, c) = Operands(sizes);
        new MatMulKernel<Identity, T>(a.View, b.View, default, c.View, sizes).RunHost();
        MatMulReference.AssertProduct<T>(a.Span, b.Span, (_, _) => 0, c.Span, sizes);
        c.AssertGuards();
    }

    [Test]
    public void BiasAndActivation_AnyShape_AppliedOnce([ValueSource(nameof(Shapes))] MatMulSizes sizes)
    {
        var (a, b, c) = Operands(sizes);
        var bias = Samples.Uniform<T>(sizes.Columns, 3);
        new MatMulKernel<Identity, T>(a.View, b.View, new HostArray<T>(bias).View, c.View, sizes).RunHost();
        MatMulReference.AssertProduct<T>(a.Span, b.Span, (_, j) => double.CreateChecked(bias[j]), c.Span, sizes);

        var plain = c.Span.ToArray();
        new MatMulKernel<Clip, T>(a.View, b.View, new HostArray<T>(bias).View, c.View, sizes).RunHost();
        for (var i = 0; i < plain.Length; i++)
            plain[i] = T.Max(plain[i], T.Zero) + T.One;
        Assert.That(c.Span.ToArray(), Is.EqualTo(plain));
        c.AssertGuards();

        // The same again, with f's argument beside it.
        var (_, _, argument) = Operands(sizes);
        new MatMulKernel<Identity, T>(a.View, b.View, new HostArray<T>(bias).View, c.View, sizes).RunHost();
        var sums = c.Span.ToArray();
        new MatMulKernel<Clip, T>(a.View, b.View, new HostArray<T>(bias).View, c.View, sizes, argument: argument.View).RunHost();
        Assert.That(c.Span.ToArray(), Is.EqualTo(plain));
        Assert.That(argument.Span.ToArray(), Is.EqualTo(sums));
        argument.AssertGuards();
    }

    [Test]
    public void Accumulate_AnyShape_AddsToOldValue([ValueSource(nameof(Shapes))] MatMulSizes sizes)
    {
        var (a, b, _) = Operands(sizes);
        var old = Samples.Uniform<T>(sizes.Rows * sizes.Columns, 4);
        var c = new HostArray<T>(old);
        new MatMulKernel<Identity, T>(a.View, b.View, default, c.View, sizes, accumulate: true).RunHost();
        MatMulReference.AssertProduct<T>(
            a.Span, b.Span, (i, j) => double.CreateChecked(old[i * sizes.Columns + j]), c.Span, sizes);
        c.AssertGuards();
    }

    [Test]
    public void RowLengthOfWholePages_CopiedBlock_MatchesDefinition()
    {
        var sizes = new MatMulSizes(30, 70, 1024);
        var (a, b, c) = Operands(sizes);
        new MatMulKernel<Identity, T>(a.View, b.View, default, c.View, sizes).RunHost();
        MatMulReference.AssertProduct<T>(a.Span, b.Span, (_, _) => 0, c.Span, sizes);
    }

    [Test]
    public void Batch_BroadcastAxes_PairsTheRightMatrices()
    {
        // A [2, 1, 5, 4] · B [3, 4, 67] → C [2, 3, 5, 67].
        var sizes = new MatMulSizes(5, 67, 4);
        var a = Samples.Uniform<T>(2 * 20, 1);
        var b = Samples.Uniform<T>(3 * 4 * 67, 2);
        var c = new HostArray<T>(6 * 5 * 67);
        var axes = new BatchAxes(new Extents([2, 3]), new Extents([1, 0]), new Extents([0, 1]));
        new MatMulKernel<Identity, T>(new HostArray<T>(a).View, new HostArray<T>(b).View, default, c.View, sizes, axes).RunHost();
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                MatMulReference.AssertProduct<T>(
                    a.AsSpan(i * 20, 20), b.AsSpan(j * 268, 268), (_, _) => 0, c.Span.Slice((i * 3 + j) * 335, 335), sizes);
            }
        }
        c.AssertGuards();
    }

    private static readonly MatMulSizes[] Split =
    [
        new(64, 192, 300), new(700, 192, 300), new(900, 1, 300), new(900, 1, 300, TransposeA: true), new(500, 7, 133), new(1, 3001, 100),
        new(3, 2000, 100, TransposeB: true), new(120, 70, 1100, TransposeA: true, TransposeB: true),
    ];

    [Test]
    [NonParallelizable]
    public void ThreadCount_AnySplit_GivesTheSameBits([Values(1, 2, 3, 7)] int threads, [ValueSource(nameof(Split))] MatMulSizes sizes)
    {
        T[] OnThreads(int count) => Threads.Result(count, () =>
        {
            var (a, b, c) = Operands(sizes);
            new MatMulKernel<Identity, T>(a.View, b.View, default, c.View, sizes).RunHost();
            return c.Values;
        });
        Assert.That(OnThreads(threads).AsSpan().SequenceEqual(OnThreads(1)), Is.True);
    }

    [Test]
    public void NotANumber_InOneRow_StaysInThatRow()
    {
        var sizes = new MatMulSizes(16, 40, 20);
        var (a, b, c) = Operands(sizes);
        a[5 * 20 + 3] = T.NaN;
        new MatMulKernel<Identity, T>(a.View, b.View, default, c.View, sizes).RunHost();
        for (var i = 0; i < c.Length; i++)
            Assert.That(T.IsNaN(c[i]), Is.EqualTo(i / 40 == 5), $"element {i}");
    }

    private static (HostArray<T> A, HostArray<T> B, HostArray<T> C) Operands(MatMulSizes sizes)
    {
        var c = new HostArray<T>(sizes.Rows * sizes.Columns);
        // The old value must not shine through.
        c.Span.Fill(T.NaN);
        return (new(Samples.Uniform<T>(sizes.Rows * sizes.Inner, 1)), new(Samples.Uniform<T>(sizes.Inner * sizes.Columns, 2)), c);
    }

    /// <summary>max(x, 0) + 1: applied twice or not at all it gives another value.</summary>
    private readonly struct Clip : IUnaryFunction
    {
        public static string Name => "clip";

        public TLane Value<TLane>(TLane x)
            where TLane : struct, ILane<TLane> => TLane.Max(x, TLane.Create(0)) + TLane.Create(1);
    }
}
