using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <content>The power function.</content>
public static partial class VectorMath
{
    // 2 / ln 2 and 1/3 in two float32 each.
    private const double TwoLog2E = 2 / Ln2;
    private const double TwoLog2EHigh = 2.885390043258667;
    private const double ThirdHigh = 0.3333333432674407958984375;
    private const double ThirdLow = 1.0 / 3 - ThirdHigh;

    /// <summary>xʸ with C's special values, to 8e-8 of its value: 2 to the power y · log2 |x|, the logarithm in two float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pow<T>(T x, T y)
        where T : struct, IFloatVector<T>
    {
        var (zero, one, infinity) = (T.Create(0), T.Create(1), T.Create(double.PositiveInfinity));
        var magnitude = T.Abs(x);
        var (high, low) = Log2(magnitude);
        // Beyond this bound every power but that of 1 is 0 or infinity, and the product cannot overflow. The bound is an even number.
        var limited = T.Clamp(y, T.Create(-1e30), T.Create(1e30));
        var product = limited * high;
        var rest = T.MultiplyAdd(limited, high, -product) + limited * low;
        var result = TwoToThe(product, rest);
        // 0 and infinity have no logarithm: their powers are 0 or infinity.
        var zeroOr = T.WhereLess(y, zero, zero, T.WhereLess(zero, y, infinity, y));
        var infinityOr = T.WhereLess(y, zero, infinity, T.WhereLess(zero, y, zero, y));
        result = T.WhereEqual(magnitude, infinity, zeroOr, T.WhereEqual(magnitude, zero, infinityOr, result));
        // A negative number has powers of integers only; odd ones are negative. The sign of −0 counts.
        var half = y * T.Create(0.5);
        var odd = T.WhereEqual(T.Floor(y), y, T.WhereEqual(T.Floor(half), half, zero, one), zero);
        var fraction = T.WhereEqual(T.Floor(y), y, result, T.Create(double.NaN));
        result = T.WhereLess(x, zero, T.WhereLess(zero - infinity, x, fraction, result), result);
        result = T.WhereEqual(odd, one, T.CopySign(result, x), result);
        result = T.WhereEqual(x, x, result, x);
        // Also for NaN: x⁰ = 1ʸ = 1.
        return T.WhereEqual(y, zero, one, T.WhereEqual(x, one, one, result));
    }

    /// <summary>The base 2 logarithm of a positive x as a sum of two float32, to 2⁻³⁴ of its value.</summary>
    /// <remarks>With x = 2ᵏ·m and s = (m − 1) / (m + 1): k + 2/ln 2 · s · (1 + s²/3 + s⁴/5 + …).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T High, T Low) Log2<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var (k, m) = Split(x);
        var one = T.Create(1);
        var (numerator, denominator) = (m - one, m + one);
        var s = numerator / denominator;
        // What rounding the denominator and the quotient lost.
        var denominatorLow = m - (denominator - one);
        var sLow = (T.MultiplyAdd(-s, denominator, numerator) - s * denominatorLow) / denominator;
        var square = s * s;
        var squareLow = T.MultiplyAdd(s, s, -square) + (s + s) * sLow;
        // series = 1/3 + s²/5 + …
        var tail = T.MultiplyAdd(square, T.Create(0.117093831), T.Create(0.14273563));
        tail = T.MultiplyAdd(square, tail, T.Create(0.200000763)) * square;
        var series = tail + T.Create(ThirdHigh);
        var seriesLow = (T.Create(ThirdHigh) - series) + tail + T.Create(ThirdLow);
        // cube = s · s² · series
        var (factor, factorLow) = Product(square, squareLow, series, seriesLow);
        var (cube, cubeLow) = Product(s, sLow, factor, factorLow);
        var sum = s + cube;
        var sumLow = (s - sum) + cube + (sLow + cubeLow);
        var (log, logLow) = Product(sum, sumLow, T.Create(TwoLog2EHigh), T.Create(TwoLog2E - TwoLog2EHigh));
        var high = k + log;
        return (high, (k - high) + log + logLow);
    }

    /// <summary>2 to the power high + low, for a low far smaller than high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TwoToThe<T>(T high, T low)
        where T : struct, IFloatVector<T>
    {
        // Beyond these bounds the result is 0 or infinity whatever the low part is.
        var limited = T.Clamp(high, T.Create(-160), T.Create(140));
        var shift = T.Create(RoundingShift);
        var n = (limited + shift) - shift;
        var f = (limited - n) + T.WhereEqual(limited, high, low, T.Create(0));
        var p = T.MultiplyAdd(f, T.Create(1.53101046e-05), T.Create(0.00015461474));
        p = T.MultiplyAdd(p, f, T.Create(0.00133334543));
        p = T.MultiplyAdd(p, f, T.Create(0.00961805694));
        p = T.MultiplyAdd(p, f, T.Create(0.0555041097));
        p = T.MultiplyAdd(p, f, T.Create(0.240226507));
        p = T.MultiplyAdd(p, f, T.Create(0.693147182));
        return T.ScaleByPowerOfTwo(T.MultiplyAdd(p, f, T.Create(1)), n);
    }

    /// <summary>The product of two sums of two float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T High, T Low) Product<T>(T a, T aLow, T b, T bLow)
        where T : struct, IFloatVector<T>
    {
        var high = a * b;
        return (high, T.MultiplyAdd(a, b, -high) + (a * bLow + aLow * b));
    }
}
