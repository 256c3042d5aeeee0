using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Comparisons of float32 results with reference values.</summary>
public static class Near
{
    /// <summary>
    /// Fails unless |actual − expected| ≤ absolute + relative · |expected| for every element; infinities and NaN must be the same.
    /// </summary>
    public static void Check(string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double relative, double absolute)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), $"{what}: number of values");
        for (var i = 0; i < expected.Length; i++)
        {
            if (float.IsFinite(expected[i]))
                Assert.That(actual[i], Is.EqualTo(expected[i]).Within(absolute + relative * Math.Abs(expected[i])), $"{what} at {i}");
            else
                Assert.That(actual[i], Is.EqualTo(expected[i]), $"{what} at {i}");
        }
    }
}
