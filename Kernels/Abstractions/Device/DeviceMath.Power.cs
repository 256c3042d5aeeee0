namespace GpuKeras.Kernels;

/// <content>The power function of float64.</content>
public static partial class DeviceMath
{
    // 2 / ln 2 and 1/3 in two float64 each.
    private const double TwoLog2E = 2.8853900817779268;
    private const double TwoLog2ELow = 4.0710547481862066e-17;
    private const double Third = 0.3333333333333333;
    private const double ThirdLow = 1.850371707708594e-17;

    /// <summary>xʸ with C's special values, to 1 unit in the last place: 2 to the power y · log2 |x|, the logarithm in two float64.</summary>
    public static double Pow(double x, double y)
    {
        var magnitude = Math.Abs(x);
        var (high, low) = Log2(magnitude);
        // Beyond this bound every power but that of 1 is 0 or infinity, and the product cannot overflow. The bound is an even number.
        var limited = Limit(y, -1e60, 1e60);
        var product = limited * high;
        var rest = Math.FusedMultiplyAdd(limited, high, -product) + limited * low;
        var result = TwoToThe(product, rest);
        // 0 and infinity have no logarithm: their powers are 0 or infinity.
        if (magnitude == double.PositiveInfinity)
            result = y < 0 ? 0 : y > 0 ? double.PositiveInfinity : y;
        if (magnitude == 0)
            result = y < 0 ? double.PositiveInfinity : y > 0 ? 0 : y;
        // A negative number has powers of integers only; odd ones are negative. The sign of −0 counts.
        var isInteger = Math.Floor(y) == y;
        var isOdd = isInteger && Math.Floor(0.5 * y) != 0.5 * y;
        if (x < 0 && x > double.NegativeInfinity && !isInteger)
            result = double.NaN;
        if (isOdd)
            result = Math.CopySign(result, x);
        if (double.IsNaN(x))
            result = x;
        // Also for NaN: x⁰ = 1ʸ = 1.
        return y == 0 || x == 1 ? 1 : result;
    }

    /// <summary>The base 2 logarithm of a positive x as a sum of two float64, to 2⁻⁶⁵ of its value.</summary>
    /// <remarks>With x = 2ᵏ·m and s = (m − 1) / (m + 1): k + 2/ln 2 · s · (1 + s²/3 + s⁴/5 + …), as for float32.</remarks>
    private static (double High, double Low) Log2(double x)
    {
        var (k, m) = Split(x);
        var (numerator, denominator) = (m - 1, m + 1);
        var s = numerator / denominator;
        // What rounding the denominator and the quotient lost.
        var denominatorLow = m - (denominator - 1);
        var sLow = (Math.FusedMultiplyAdd(-s, denominator, numerator) - s * denominatorLow) / denominator;
        var square = s * s;
        var squareLow = Math.FusedMultiplyAdd(s, s, -square) + 2 * s * sLow;
        // series = 1/3 + s²/5 + …
        var tail = Math.FusedMultiplyAdd(square, 0.06598171082910902, 0.06628408198532913);
        tail = Math.FusedMultiplyAdd(tail, square, 0.07693378692866432);
        tail = Math.FusedMultiplyAdd(tail, square, 0.09090892182992442);
        tail = Math.FusedMultiplyAdd(tail, square, 0.11111111259967937);
        tail = Math.FusedMultiplyAdd(tail, square, 0.1428571428504975);
        tail = Math.FusedMultiplyAdd(tail, square, 0.20000000000001128) * square;
        var series = tail + Third;
        var seriesLow = (Third - series) + tail + ThirdLow;
        // cube = s · s² · series
        var (factor, factorLow) = Product(square, squareLow, series, seriesLow);
        var (cube, cubeLow) = Product(s, sLow, factor, factorLow);
        var sum = s + cube;
        var sumLow = (s - sum) + cube + (sLow + cubeLow);
        var (log, logLow) = Product(sum, sumLow, TwoLog2E, TwoLog2ELow);
        var high = k + log;
        return (high, (k - high) + log + logLow);
    }

    /// <summary>2 to the power high + low, for a low far smaller than high.</summary>
    private static double TwoToThe(double high, double low)
    {
        // Beyond these bounds the result is 0 or infinity whatever the low part is.
        var limited = Limit(high, -1100, 1030);
        var n = Math.Round(limited);
        var f = (limited - n) + (limited == high ? low : 0);
        var p = Math.FusedMultiplyAdd(f, 1.37208966320966e-12, 2.5733591448774776e-11);
        p = Math.FusedMultiplyAdd(p, f, 4.445527358549075e-10);
        p = Math.FusedMultiplyAdd(p, f, 7.054894371816539e-09);
        p = Math.FusedMultiplyAdd(p, f, 1.0178086029483549e-07);
        p = Math.FusedMultiplyAdd(p, f, 1.3215486816032864e-06);
        p = Math.FusedMultiplyAdd(p, f, 1.5252733804040373e-05);
        p = Math.FusedMultiplyAdd(p, f, 0.00015403530393362722);
        p = Math.FusedMultiplyAdd(p, f, 0.0013333558146428452);
        p = Math.FusedMultiplyAdd(p, f, 0.009618129107628484);
        p = Math.FusedMultiplyAdd(p, f, 0.05550410866482158);
        p = Math.FusedMultiplyAdd(p, f, 0.24022650695910072);
        p = Math.FusedMultiplyAdd(p, f, 0.6931471805599453);
        return ScaleByPowerOfTwo(Math.FusedMultiplyAdd(p, f, 1), (int)n);
    }
}
