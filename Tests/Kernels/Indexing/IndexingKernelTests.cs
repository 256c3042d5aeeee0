using GpuKeras.Kernels.Indexing;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Indexing;

public sealed class IndexingKernelTests
{
    [TestCase(1, 5, 1, 7), TestCase(3, 10, 17, 4), TestCase(2, 1000, 64, 300), TestCase(4, 3, 0, 2), TestCase(1, 9, 5, 0)]
    [NonParallelizable]
    public void GatherAndScatterAdd_AnyShape_MatchLoops(int outer, int axis, int inner, int count)
    {
        var values = Samples.Floats(outer * axis * inner);
        var picks = Samples.Integers(count, 0, axis);
        using var x = new HostArray<float>(values);
        using var indices = new HostArray<int>(picks);
        using var wide = new HostArray<long>(Array.ConvertAll(picks, static i => (long)i));
        using var y = new HostArray<float>(outer * count * inner);
        var expectedSum = (float[])values.Clone();
        new GatherKernel<float, int>(x, indices, y, outer, axis, inner).RunHost();
        var gathered = y.Values;
        for (var o = 0; o < outer; o++)
        {
            for (var c = 0; c < count; c++)
            {
                for (var i = 0; i < inner; i++)
                {
                    var from = (o * axis + picks[c]) * inner + i;
                    Assert.That(gathered[(o * count + c) * inner + i], Is.EqualTo(values[from]));
                    expectedSum[from] += values[from];
                }
            }
        }
        new GatherKernel<float, long>(x, wide, y, outer, axis, inner).RunHost();
        Assert.That(y.Values, Is.EqualTo(gathered));
        var results = Threads.Results(() =>
        {
            using var sum = new HostArray<float>(values);
            new ScatterAddKernel<float, int>(sum, indices, y, outer, axis, inner).RunHost();
            return sum.Values;
        });
        Assert.That(results, Is.All.EqualTo(expectedSum));
    }

    [TestCase(5), TestCase(-1)]
    public void Gather_IndexOutOfRange_NamesIndexPositionAndLimit(int bad)
    {
        using var x = new HostArray<float>(Samples.Floats(5));
        using var indices = new HostArray<int>([0, 4, bad]);
        using var y = new HostArray<float>(3);
        var error = Assert.Throws<IndexOutOfRangeException>(() => new GatherKernel<float, int>(x, indices, y, 1, 5, 1).RunHost());
        Assert.That(error!.Message, Does.Contain("0 to 4 (limit 5)").And.Contain($"got {bad} at position 2"));
        Assert.Throws<IndexOutOfRangeException>(() => new ScatterAddKernel<float, int>(x, indices, y, 1, 5, 1).RunHost());
        Assert.Throws<IndexOutOfRangeException>(() => new TakeAlongAxisKernel<float, int>(x, indices, y, 5, 3, 1).RunHost());
        Assert.Throws<IndexOutOfRangeException>(() => new AddAlongAxisKernel<float, int>(x, indices, y, 1, 5, 3, 1).RunHost());
    }

    [Test]
    public void OneHot_Labels_OneInEachRow_ZerosOutside()
    {
        using var indices = new HostArray<long>([2, 0, 3, -1]);
        using var y = new HostArray<float>(12);
        new OneHotKernel<float, long>(indices, y, 3).RunHost();
        Assert.That(y.Values, Is.EqualTo(new float[] { 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0 }));
    }

    [TestCase(false, false, new[] { 1, 3, 6, 10 })]
    [TestCase(true, false, new[] { 0, 1, 3, 6 })]
    [TestCase(false, true, new[] { 10, 9, 7, 4 })]
    [TestCase(true, true, new[] { 9, 7, 4, 0 })]
    public void CumulativeSum_OverEachLayout_MatchesDefinition(bool exclusive, bool reverse, int[] expected)
    {
        using var row = new HostArray<int>([1, 2, 3, 4]);
        using var y = new HostArray<int>(4);
        new CumulativeSumKernel<int>(row, y, 1, 4, 1, exclusive, reverse).RunHost();
        Assert.That(y.Values, Is.EqualTo(expected));
        using var columns = new HostArray<int>([1, 10, 2, 20, 3, 30, 4, 40, 1, 10, 2, 20, 3, 30, 4, 40]);
        using var sums = new HostArray<int>(16);
        new CumulativeSumKernel<int>(columns, sums, 2, 4, 2, exclusive, reverse).RunHost();
        for (var i = 0; i < 16; i++)
            Assert.That(sums[i], Is.EqualTo(expected[i / 2 % 4] * (i % 2 == 0 ? 1 : 10)), $"element {i}");
    }

    [Test]
    public void TakeAndAddAlongAxis_RepeatedIndices_MatchLoops()
    {
        const int Outer = 2, Axis = 4, Count = 5, Inner = 3;
        var values = Samples.Doubles(Outer * Axis * Inner);
        var picks = Samples.Integers(Outer * Count * Inner, 0, Axis);
        using var x = new HostArray<double>(values);
        using var indices = new HostArray<int>(picks);
        using var y = new HostArray<double>(picks.Length);
        using var sum = new HostArray<double>(values);
        new TakeAlongAxisKernel<double, int>(x, indices, y, Axis, Count, Inner).RunHost();
        new AddAlongAxisKernel<double, int>(sum, indices, y, Outer, Axis, Count, Inner).RunHost();
        var expectedSum = (double[])values.Clone();
        for (var i = 0; i < picks.Length; i++)
        {
            var from = (i / (Count * Inner) * Axis + picks[i]) * Inner + i % Inner;
            Assert.That(y[i], Is.EqualTo(values[from]));
            expectedSum[from] += values[from];
        }
        Assert.That(sum.Values, Is.EqualTo(expectedSum));
    }

    [Test]
    public void Sort_SpecialValues_NaNAboveAllAndEqualKeepOrder()
    {
        float[] values = [0f, float.NaN, -0f, float.PositiveInfinity, -1, float.NegativeInfinity, 2, -1, float.NaN];
        Assert.That(Sort(values, descending: false), Is.EqualTo(new[] { 5, 4, 7, 0, 2, 6, 3, 1, 8 }));
        Assert.That(Sort(values, descending: true), Is.EqualTo(new[] { 1, 8, 3, 6, 0, 2, 4, 7, 5 }));
        var wide = Array.ConvertAll(values, static v => (double)v);
        Assert.That(Sort(wide, descending: false), Is.EqualTo(new[] { 5, 4, 7, 0, 2, 6, 3, 1, 8 }));
        Assert.That(Sort(wide, descending: true), Is.EqualTo(new[] { 1, 8, 3, 6, 0, 2, 4, 7, 5 }));
        Assert.That(Sort([int.MaxValue, int.MinValue, 0, -1], descending: false), Is.EqualTo(new[] { 1, 3, 2, 0 }));
        Assert.That(Sort([long.MaxValue, long.MinValue, 0, -1], descending: true), Is.EqualTo(new[] { 0, 2, 3, 1 }));
    }

    [TestCase(1, 0, 0), TestCase(3, 1, 1), TestCase(5, 100, 100), TestCase(5, 100, 3), TestCase(40, 33, 33)]
    public void Sort_RandomRows_MatchesStableSort(int rows, int columns, int taken)
    {
        var values = Samples.Integers(rows * columns, 0, 20);
        using var x = new HostArray<int>(values);
        using var y = new HostArray<int>(rows * taken);
        new SortKernel<int>(x, y, rows, columns, taken, descending: true).RunHost();
        for (var row = 0; row < rows; row++)
        {
            var expected = Enumerable.Range(0, columns).OrderByDescending(c => values[row * columns + c]).Take(taken);
            Assert.That(y.Values.Skip(row * taken).Take(taken), Is.EqualTo(expected));
        }
    }

    private static int[] Sort<T>(T[] values, bool descending)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        using var x = new HostArray<T>(values);
        using var y = new HostArray<int>(values.Length);
        new SortKernel<T>(x, y, 1, values.Length, values.Length, descending).RunHost();
        return y.Values;
    }
}
