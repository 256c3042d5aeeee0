using GpuKeras.Kernels.Reduction;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Reduction;

public sealed class ReduceKernelTests
{
    // Outer, reduced, inner: rows, columns, both; sizes around a register (16), four registers (64), a leaf (16 rows), a branch (256) and a chunk.
    private static readonly int[][] Shapes =
    [
        [1, 1, 1], [1, 15, 1], [1, 16, 1], [1, 17, 1], [3, 63, 1], [3, 64, 1], [3, 65, 1], [2, 2049, 1], [1, 100_003, 1], [17, 33, 1],
        [1, 5, 3], [1, 17, 15], [1, 16, 16], [1, 33, 15], [1, 32, 16], [1, 65, 17], [1, 256, 16], [1, 257, 3], [1, 7, 63], [1, 7, 65], [2, 3, 2049], [1, 5000, 10], [1, 40_000, 2], [3, 5, 7],
        [20, 9, 21],
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Sum_AnyShape_MatchesDoubleLoop(int outer, int reduced, int inner) =>
        Check<SumReduction>(outer, reduced, inner, 0, (a, b) => a + b, (total, _) => total);

    [TestCaseSource(nameof(Shapes))]
    public void Mean_AnyShape_MatchesDoubleLoop(int outer, int reduced, int inner) =>
        Check<MeanReduction>(outer, reduced, inner, 0, (a, b) => a + b, (total, count) => total / count);

    [TestCaseSource(nameof(Shapes))]
    public void Max_AnyShape_MatchesDoubleLoop(int outer, int reduced, int inner) =>
        Check<MaxReduction>(outer, reduced, inner, double.NegativeInfinity, Math.Max, (total, _) => total);

    [TestCaseSource(nameof(Shapes))]
    public void Min_AnyShape_MatchesDoubleLoop(int outer, int reduced, int inner) =>
        Check<MinReduction>(outer, reduced, inner, double.PositiveInfinity, Math.Min, (total, _) => total);

    [Test]
    public void Product_Integers_IsExact()
    {
        using var x = new HostArray<long>([3, -2, 5, 7, 1, 11]);
        using var y = new HostArray<long>(2);
        new ReduceKernel<ProductReduction, long>(x, y, 2, 3, 1).RunHost();
        Assert.That(y.Values, Is.EqualTo(new long[] { -30, 77 }));
    }

    [Test]
    public void Sum_Int32_IsExactOverAnyAxis()
    {
        var values = Samples.Integers(6 * 50 * 4, -1000, 1000);
        using var x = new HostArray<int>(values);
        using var y = new HostArray<int>(6 * 4);
        new ReduceKernel<SumReduction, int>(x, y, 6, 50, 4).RunHost();
        for (var i = 0; i < 24; i++)
        {
            var expected = 0;
            for (var r = 0; r < 50; r++)
                expected += values[(i / 4 * 50 + r) * 4 + i % 4];
            Assert.That(y[i], Is.EqualTo(expected), $"element {i}");
        }
    }

    [TestCase(1), TestCase(3)]
    public void Reduction_OfNothing_IsTheIdentity(int inner)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Empty<SumReduction>(inner), Is.All.EqualTo(0f));
            Assert.That(Empty<ProductReduction>(inner), Is.All.EqualTo(1f));
            Assert.That(Empty<MaxReduction>(inner), Is.All.EqualTo(float.NegativeInfinity));
            Assert.That(Empty<MinReduction>(inner), Is.All.EqualTo(float.PositiveInfinity));
            Assert.That(Empty<MeanReduction>(inner), Is.All.NaN);
        });
    }

    [TestCase(0, 1), TestCase(40, 1), TestCase(99, 1), TestCase(0, 20), TestCase(40, 20), TestCase(99, 3)]
    public void MaxAndMin_OneNaN_IsNaN(int position, int inner)
    {
        var values = Samples.Floats(100 * inner);
        values[position * inner] = float.NaN;
        using var x = new HostArray<float>(values);
        using var y = new HostArray<float>(inner);
        new ReduceKernel<MaxReduction, float>(x, y, 1, 100, inner).RunHost();
        Assert.That(y[0], Is.NaN);
        new ReduceKernel<MinReduction, float>(x, y, 1, 100, inner).RunHost();
        Assert.That(y[0], Is.NaN);
        Assert.That(y.Values.AsSpan(1).ToArray(), Has.None.NaN);
    }

    [Test]
    public void Sum_OfAMillionTenths_KeepsSixDigits()
    {
        var values = new float[1_000_000];
        Array.Fill(values, 0.1f);
        using var x = new HostArray<float>(values);
        using var y = new HostArray<float>(1);
        new ReduceKernel<SumReduction, float>(x, y, 1, values.Length, 1).RunHost();

        // Eight roundings of the result; adding one after the other gives 100,958.
        Assert.That(y[0], Is.EqualTo(1_000_000 * (double)0.1f).Within(8 * Math.Pow(2, -24) * 100_000));
    }

    [TestCase(1, 300_001, 1), TestCase(1, 20_000, 33), TestCase(5, 4_000, 9)]
    [NonParallelizable]
    public void Sum_AnyNumberOfThreads_SameBits(int outer, int reduced, int inner)
    {
        using var x = new HostArray<float>(Samples.Floats(outer * reduced * inner));
        using var y = new HostArray<float>(outer * inner);
        var results = Threads.Results(() =>
        {
            new ReduceKernel<SumReduction, float>(x, y, outer, reduced, inner).RunHost();
            return y.Values;
        });
        Assert.That(results, Is.All.EqualTo(results[0]));
    }

    private static float[] Empty<TReduction>(int inner)
        where TReduction : struct, IReduction
    {
        using var x = new HostArray<float>(0);
        using var y = new HostArray<float>(2 * inner);
        new ReduceKernel<TReduction, float>(x, y, 2, 0, inner).RunHost();
        return y.Values;
    }

    private static void Check<TReduction>(
        int outer, int reduced, int inner, double identity, Func<double, double, double> combine, Func<double, int, double> finish)
        where TReduction : struct, IReduction
    {
        var values = Samples.Floats(outer * reduced * inner);
        using var x = new HostArray<float>(values);
        using var y = new HostArray<float>(outer * inner);
        using var wide = new HostArray<double>(Array.ConvertAll(values, static v => (double)v));
        using var wideResult = new HostArray<double>(outer * inner);
        new ReduceKernel<TReduction, float>(x, y, outer, reduced, inner).RunHost();
        new ReduceKernel<TReduction, double>(wide, wideResult, outer, reduced, inner).RunHost();
        for (var i = 0; i < outer * inner; i++)
        {
            var (total, magnitude) = (identity, 0.0);
            for (var r = 0; r < reduced; r++)
            {
                var value = (double)values[(i / inner * reduced + r) * inner + i % inner];
                total = combine(total, value);
                magnitude += Math.Abs(value);
            }
            // A tree of n terms errs by at most about log2(n) · ε · Σ|x|; 34 covers the leaf and the tree.
            var bound = 34 * magnitude * finish(1, reduced);
            Assert.That(y[i], Is.EqualTo(finish(total, reduced)).Within(bound * Math.Pow(2, -24)), $"float32, element {i}");
            Assert.That(wideResult[i], Is.EqualTo(finish(total, reduced)).Within(bound * 1e-14), $"float64, element {i}");
        }
    }
}
