using GpuKeras.Kernels.Reduction;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Reduction;

public sealed class ArgReduceKernelTests
{
    [Test]
    public void ArgMax_EqualWinners_FirstWins() => Assert.That(ArgMax([1, 7, 3, 7]), Is.EqualTo(1));

    [Test]
    public void ArgMin_EqualWinners_FirstWins() => Assert.That(ArgMin([4, 1, 3, 1]), Is.EqualTo(1));

    [Test]
    public void ArgMaxAndArgMin_NaN_FirstNaNWins()
    {
        float[] values = [1, float.NaN, float.PositiveInfinity, float.NaN, float.NegativeInfinity];
        Assert.That((ArgMax(values), ArgMin(values)), Is.EqualTo((1, 1)));
    }

    [TestCase(1, 1, 1), TestCase(3, 17, 1), TestCase(2, 5, 33), TestCase(700, 40, 3)]
    public void ArgMax_AnyShape_MatchesLoop(int outer, int reduced, int inner)
    {
        var values = Samples.Integers(outer * reduced * inner, 0, 9);
        using var x = new HostArray<int>(values);
        using var y = new HostArray<int>(outer * inner);
        new ArgReduceKernel<ArgMaxComparison, int>(x, y, outer, reduced, inner).RunHost();
        var result = y.Values;
        for (var i = 0; i < result.Length; i++)
        {
            var best = 0;
            for (var r = 1; r < reduced; r++)
            {
                if (values[(i / inner * reduced + r) * inner + i % inner] > values[(i / inner * reduced + best) * inner + i % inner])
                    best = r;
            }
            Assert.That(result[i], Is.EqualTo(best), $"element {i}");
        }
    }

    [Test]
    public void BooleanReduce_AllAndAny_OfSomeAndOfNone()
    {
        using var x = new HostArray<byte>([1, 1, 1, 0, 2, 1, 0, 0, 0]);
        using var y = new HostArray<byte>(3);
        new BooleanReduceKernel(x, y, 3, 3, 1, all: true).RunHost();
        Assert.That(y.Values, Is.EqualTo(new byte[] { 1, 0, 0 }));
        new BooleanReduceKernel(x, y, 3, 3, 1, all: false).RunHost();
        Assert.That(y.Values, Is.EqualTo(new byte[] { 1, 1, 0 }));
        new BooleanReduceKernel(x, y, 1, 3, 3, all: true).RunHost();
        Assert.That(y.Values, Is.EqualTo(new byte[] { 0, 0, 0 }));
        new BooleanReduceKernel(x, y, 3, 0, 1, all: true).RunHost();
        Assert.That(y.Values, Is.All.EqualTo(1));
        new BooleanReduceKernel(x, y, 3, 0, 1, all: false).RunHost();
        Assert.That(y.Values, Is.All.EqualTo(0));
    }

    private static int ArgMax(float[] values) => Arg<ArgMaxComparison>(values);

    private static int ArgMin(float[] values) => Arg<ArgMinComparison>(values);

    private static int Arg<TComparison>(float[] values)
        where TComparison : struct, IArgComparison
    {
        using var x = new HostArray<float>(values);
        using var y = new HostArray<int>(1);
        new ArgReduceKernel<TComparison, float>(x, y, 1, values.Length, 1).RunHost();
        return y[0];
    }
}
