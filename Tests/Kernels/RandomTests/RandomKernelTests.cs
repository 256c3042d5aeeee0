using GpuKeras.Kernels.Random;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.RandomTests;

public sealed class RandomKernelTests
{
    private const int Count = 1_000_003;

    private static readonly PhiloxKey Key = new(Seed: 42, Stream: 7);

    [Test]
    public void Uniform_AMillion_HasTheMomentsAndBoundsOfItsDistribution()
    {
        var values = Uniform(Key, Count, 0, 1);
        var (mean, variance, _) = Moments(values);
        Assert.That(mean, Is.EqualTo(0.5).Within(5 * Math.Sqrt(1.0 / 12 / Count)));
        Assert.That(variance, Is.EqualTo(1.0 / 12).Within(5 * Math.Sqrt(1.0 / 180 / Count)));
        Assert.That(values.Min(), Is.GreaterThanOrEqualTo(0f).And.LessThan(2e-5f));
        Assert.That(values.Max(), Is.LessThan(1f).And.GreaterThan(1 - 2e-5f));
    }

    [Test]
    public void Uniform_RangeWhoseTopWouldRound_StaysBelowHigh()
    {
        var values = Uniform(Key, Count, 16_777_215f, 16_777_216f);
        Assert.That(values, Is.All.LessThan(16_777_216f));
    }

    [Test]
    public void Normal_AMillion_HasTheMomentsOfItsDistribution()
    {
        using var y = new HostArray<float>(Count);
        new NormalKernel(Key, y, 3, 0.5f).RunHost();
        var values = y.Values;
        var (mean, variance, skew) = Moments(values);
        Assert.That(mean, Is.EqualTo(3).Within(5 * 0.5 / Math.Sqrt(Count)));
        Assert.That(variance, Is.EqualTo(0.25).Within(5 * 0.25 * Math.Sqrt(2.0 / Count)));
        Assert.That(skew, Is.EqualTo(0).Within(5 * Math.Sqrt(6.0 / Count)));

        // Φ(1) − Φ(−1), and the correlation of neighbours 16 apart, which come from one Box–Muller pair.
        Assert.That(values.Count(v => Math.Abs(v - 3) < 0.5) / (double)Count, Is.EqualTo(0.6826895).Within(5 * Math.Sqrt(0.217 / Count)));
        var product = 0.0;
        for (var i = 0; i + 16 < Count; i++)
            product += (values[i] - 3.0) * (values[i + 16] - 3.0);
        Assert.That(product / Count / 0.25, Is.EqualTo(0).Within(5 / Math.Sqrt(Count)));
    }

    [Test]
    public void TruncatedNormal_AMillion_StaysWithinTwoDeviationsWithItsVariance()
    {
        using var y = new HostArray<float>(Count);
        new TruncatedNormalKernel(Key, y, -1, 2).RunHost();
        var values = y.Values;
        var (mean, variance, _) = Moments(values);
        Assert.That(values, Is.All.InRange(-5f, 3f));
        Assert.That(mean, Is.EqualTo(-1).Within(5 * 2 / Math.Sqrt(Count)));

        // A normal distribution cut at ±2 has the variance 0.7737413.
        Assert.That(variance, Is.EqualTo(4 * 0.7737413).Within(4 * 5 / Math.Sqrt(Count)));
    }

    [Test]
    public void Integers_AMillionDice_EachFaceAsLikely()
    {
        using var y = new HostArray<int>(Count);
        new IntegersKernel<int>(Key, y, -2, 4).RunHost();
        var faces = y.Values.CountBy(v => v).ToDictionary();
        Assert.That(faces.Keys, Is.EquivalentTo(new[] { -2, -1, 0, 1, 2, 3 }));
        foreach (var (_, count) in faces)
            Assert.That(count, Is.EqualTo(Count / 6.0).Within(5 * Math.Sqrt(Count * 5.0 / 36)));
    }

    [Test]
    public void Integers_WholeRangeOfInt64_ReachesBothHalves()
    {
        using var y = new HostArray<long>(100);
        new IntegersKernel<long>(Key, y, long.MinValue, long.MaxValue).RunHost();
        Assert.That(y.Values, Has.Some.LessThan(-(1L << 61)).And.Some.GreaterThan(1L << 61));
    }

    [TestCase(0), TestCase(1), TestCase(2), TestCase(31), TestCase(32), TestCase(33), TestCase(60_000)]
    public void Permutation_AnyLength_HoldsEachNumberOnce(int n)
    {
        using var y = new HostArray<int>(n);
        new PermutationKernel(Key, y).RunHost();
        var values = y.Values;
        if (n > 10)
            Assert.That(values, Is.Not.Ordered);
        Assert.That(values.Order(), Is.EqualTo(Enumerable.Range(0, n)));
    }

    [Test]
    public void Permutation_OfThree_EachOrderAsLikely()
    {
        using var y = new HostArray<int>(3);
        var orders = new Dictionary<string, int>();
        for (var stream = 0ul; stream < 60_000; stream++)
        {
            new PermutationKernel(new PhiloxKey(1, stream), y).RunHost();
            var order = string.Join(' ', y.Values);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        Assert.That(orders, Has.Count.EqualTo(6));
        Assert.That(orders.Values, Is.All.EqualTo(10_000).Within(5 * Math.Sqrt(60_000 * 5.0 / 36)));
    }

    [TestCase(0.0), TestCase(0.2), TestCase(0.5), TestCase(1.0)]
    public void Dropout_Rate_DropsItsShareAndKeepsTheMean(double rate)
    {
        var ones = new float[Count];
        Array.Fill(ones, 1f);
        using var x = new HostArray<float>(ones);
        new DropoutKernel<float>(Key, x, x, rate).RunHost();
        var values = x.Values;
        var scale = rate < 1 ? (float)(1 / (1 - rate)) : 0;
        Assert.That(values, Is.All.EqualTo(0f).Or.EqualTo(scale));
        Assert.That(values.Count(v => v == 0) / (double)Count, Is.EqualTo(rate).Within(5 * Math.Sqrt(rate * (1 - rate) / Count)));
    }

    [Test]
    public void Dropout_MaskIsThatOfUniform_InBothPrecisions()
    {
        var uniform = Uniform(Key, 1000, 0, 1);
        var input = Samples.Floats(1000);
        input[3] = float.NaN;
        using var x = new HostArray<float>(input);
        using var y = new HostArray<float>(1000);
        using var wide = new HostArray<double>(Array.ConvertAll(input, static v => (double)v));
        new DropoutKernel<float>(Key, x, y, 0.3).RunHost();
        new DropoutKernel<double>(Key, wide, wide, 0.3).RunHost();
        for (var i = 0; i < 1000; i++)
        {
            Assert.That(y[i], uniform[i] < 0.3f ? Is.EqualTo(0f) : Is.EqualTo(input[i] * (float)(1 / 0.7)));
            Assert.That(wide[i], uniform[i] < 0.3f ? Is.EqualTo(0.0) : Is.EqualTo(input[i] * (1 / 0.7)));
        }
    }

    [Test]
    [NonParallelizable]
    public void Generators_AnyNumberOfThreadsAndAnyLength_SameBits()
    {
        using var y = new HostArray<float>(100_001);
        foreach (var run in new Action[]
        {
            () => new UniformKernel(Key, y, -1, 1).RunHost(),
            () => new NormalKernel(Key, y, 0, 1).RunHost(),
            () => new TruncatedNormalKernel(Key, y, 0, 1).RunHost(),
        })
        {
            var results = Threads.Results(() =>
            {
                run();
                return y.Values;
            });
            Assert.That(results, Is.All.EqualTo(results[0]));
        }
        Assert.That(Uniform(Key, 77, -1, 1), Is.EqualTo(Uniform(Key, 1000, -1, 1)[..77]));
    }

    [Test]
    public void Streams_OtherSeedOrStream_OtherNumbers()
    {
        var values = Uniform(Key, 64, 0, 1);
        Assert.That(Uniform(Key with { Seed = 43 }, 64, 0, 1), Is.Not.EqualTo(values));
        Assert.That(Uniform(Key with { Stream = 8 }, 64, 0, 1), Is.Not.EqualTo(values));
        Assert.That(Uniform(Key with { Stream = 7 + (1ul << 32) }, 64, 0, 1), Is.Not.EqualTo(values));
    }

    private static float[] Uniform(PhiloxKey key, int count, float low, float high)
    {
        using var y = new HostArray<float>(count);
        new UniformKernel(key, y, low, high).RunHost();
        return y.Values;
    }

    private static (double Mean, double Variance, double Skewness) Moments(float[] values)
    {
        var mean = values.Average(v => (double)v);
        var variance = values.Average(v => Math.Pow(v - mean, 2));
        return (mean, variance, values.Average(v => Math.Pow((v - mean) / Math.Sqrt(variance), 3)));
    }
}
