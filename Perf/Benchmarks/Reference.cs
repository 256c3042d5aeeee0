namespace GpuKeras.Perf.Benchmarks;

/// <summary>Checks results against plain loops in double precision, at some elements where all would take long.</summary>
internal static class Reference
{
    private const int Checked = 300;

    /// <summary>Compares elements from the first to the last at equal distances.</summary>
    /// <param name="what">The operation, for the message.</param>
    /// <param name="actual">The result.</param>
    /// <param name="expected">The exact value of an element.</param>
    /// <param name="terms">How many rounded numbers an element is the sum of.</param>
    /// <exception cref="InvalidOperationException">An element is wrong.</exception>
    public static void Check(string what, float[] actual, Func<int, double> expected, int terms = 1)
    {
        // A sum's rounding error grows with its length at most; a function's own is a few units in the last place.
        var tolerance = (terms + 8) * Math.ScaleB(1, -24);
        for (var i = 0; i < Math.Min(Checked, actual.Length); i++)
        {
            var index = (int)((long)i * (actual.Length - 1) / Math.Max(1, Math.Min(Checked, actual.Length) - 1));
            var exact = expected(index);
            if (!(Math.Abs(actual[index] - exact) <= tolerance * Math.Max(1, Math.Abs(exact))))
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{what}: element {index} is {actual[index]}; a loop in double precision gives {exact}"));
        }
    }

    /// <summary>The sum of <paramref name="term"/> over 0 … <paramref name="count"/> − 1.</summary>
    public static double Sum(int count, Func<int, double> term)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += term(i);
        return sum;
    }
}
