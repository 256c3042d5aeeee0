using GpuKeras.Kernels.Random;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.RandomTests;

/// <summary>Normal numbers beside the same formula in float64.</summary>
public class BoxMullerTests
{
    private static readonly uint[] Edges =
        [0, 1, 2, 1u << 24, (1u << 29) - 1, 1u << 29, 1u << 30, (1u << 31) - 1, 1u << 31, (1u << 31) + 1, 3u << 29, 3u << 30, uint.MaxValue - 1, uint.MaxValue];

    // In units of the last place: the radius has half of the logarithm's 2.7 and its argument's 0.7, and 0.5 of the root; sine or cosine 1.5,
    // and 1 of its argument; the product 0.5.
    private const double Units = 5.2;

    [Test]
    public void Pair_OfEdges_IsThatOfTheFormula()
    {
        foreach (var radius in Edges)
        {
            foreach (var angle in Edges)
                Check(radius, angle);
        }
    }

    [Test]
    public void Pair_OfRandomWords_IsThatOfTheFormula()
    {
        var random = new System.Random(1);
        for (var i = 0; i < 100_000; i++)
            Check((uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32));
    }

    private static void Check(uint radiusWord, uint angleWord)
    {
        var radius = Math.Sqrt(-2 * Math.Log((radiusWord + 0.5) / 4294967296.0));
        var turn = angleWord / 4294967296.0;
        // Multiples of a quarter turn are exact.
        var (sine, cosine) = (double.SinPi(2 * turn), double.CosPi(2 * turn));
        var (first, second) = BoxMuller.Pair(radiusWord, angleWord);
        var what = $"words {radiusWord}, {angleWord}";
        Assert.That(first, Is.EqualTo(radius * cosine).Within(Tolerance(radius * cosine)), what);
        Assert.That(second, Is.EqualTo(radius * sine).Within(Tolerance(radius * sine)), what);
    }

    private static double Tolerance(double value) => Units * (MathF.BitIncrement((float)Math.Abs(value)) - (float)Math.Abs(value));
}
