using System.Numerics;
using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Sums of products in double precision, with what is needed to judge a result: how many terms, and how large.</summary>
/// <param name="length">How many sums.</param>
internal sealed class SumReference(int length)
{
    private readonly double[] sums = new double[length];
    private readonly double[] magnitudes = new double[length];
    private readonly int[] counts = new int[length];

    public void Add(int index, double term)
    {
        sums[index] += term;
        magnitudes[index] += Math.Abs(term);
        counts[index]++;
    }

    /// <summary>Fails unless every element is its sum to rounding.</summary>
    public void AssertEqual<T>(ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.That(actual.Length, Is.EqualTo(sums.Length), what);
        for (var i = 0; i < actual.Length; i++)
        {
            var value = double.CreateChecked(actual[i]);
            if (!(Math.Abs(value - sums[i]) <= Tolerance.For<T>(counts[i]) * magnitudes[i]))
                Assert.Fail($"{what}, element {i}: expected {sums[i]:R}, got {value:R}");
        }
    }
}
