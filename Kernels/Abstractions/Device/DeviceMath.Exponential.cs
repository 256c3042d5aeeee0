namespace GpuKeras.Kernels;

/// <content>The exponential functions of float64.</content>
public static partial class DeviceMath
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in 32 bits, whose products with exponents are exact, and the rest.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    /// <summary>eˣ to 1 unit in the last place: x = n·ln 2 + r, a polynomial in r, scaled by 2ⁿ.</summary>
    public static double Exp(double x)
    {
        // Beyond these bounds the result is 0 or infinity.
        var limited = Limit(x, -746, 710);
        var n = Math.Round(limited * Log2E);
        var (p, _) = ExpM1OfRemainder(limited, n);
        return ScaleByPowerOfTwo(1 + p, (int)n);
    }

    /// <summary>eˣ − 1 to 1.1 units in the last place, also near zero.</summary>
    public static double ExpM1(double x)
    {
        var (high, low) = ExpM1InParts(x);
        // The parts are computed halved, which loses a bit of a subnormal; there the result is x.
        return Math.CopySign(Math.Abs(x) < 1e-290 ? x : high + low, x);
    }

    /// <summary>The hyperbolic tangent to 1 unit in the last place, from t = 1 − e^(−2|x|) as t / (2 − t).</summary>
    public static double Tanh(double x)
    {
        // Above 20 the result rounds to 1.
        var magnitude = Math.Abs(x);
        var (high, low) = ExpM1InParts(-2 * (magnitude > 20 ? 20 : magnitude));
        var (t, tLow) = (-high, -low);
        var divisor = 2 - t;
        var divisorLow = (2 - divisor) - t - tLow;
        var quotient = t / divisor;
        var rest = Math.FusedMultiplyAdd(-quotient, divisor, t) + (tLow - quotient * divisorLow);
        return Math.CopySign(quotient + rest / divisor, x);
    }

    /// <summary>eˣ − 1 as a sum of two numbers.</summary>
    private static (double High, double Low) ExpM1InParts(double x)
    {
        // Below −40 the result rounds to −1.
        var limited = Limit(x, -40, 710);
        var n = Math.Round(limited * Log2E);
        var (p, pLow) = ExpM1OfRemainder(limited, n);
        // 2ⁿ(1 + p) − 1, with 2ⁿ⁻¹ in place of 2ⁿ, which overflows before the result does.
        var half = PowerOfTwo((int)n - 1);
        var (offset, offsetLow) = Sum(half, -0.5);
        var (high, low) = Sum(offset, p * half);
        return (2 * high, 2 * (low + (offsetLow + pLow * half)));
    }

    /// <summary>eʳ − 1 for r = x − n·ln 2, |r| ≤ ln 2 / 2, as a sum of two numbers.</summary>
    private static (double High, double Low) ExpM1OfRemainder(double x, double n)
    {
        var exact = Math.FusedMultiplyAdd(n, -Ln2High, x);
        var r = Math.FusedMultiplyAdd(n, -Ln2Low, exact);
        var rLow = Math.FusedMultiplyAdd(n, -Ln2Low, exact - r);
        // (eʳ − 1 − r) / r²
        var p = Math.FusedMultiplyAdd(r, 2.0921589370829142e-09, 2.510521838664829e-08);
        p = Math.FusedMultiplyAdd(p, r, 2.7557252912472866e-07);
        p = Math.FusedMultiplyAdd(p, r, 2.7557255396471e-06);
        p = Math.FusedMultiplyAdd(p, r, 2.480158734733946e-05);
        p = Math.FusedMultiplyAdd(p, r, 0.0001984126987482399);
        p = Math.FusedMultiplyAdd(p, r, 0.0013888888888874398);
        p = Math.FusedMultiplyAdd(p, r, 0.008333333333326134);
        p = Math.FusedMultiplyAdd(p, r, 0.041666666666666685);
        p = Math.FusedMultiplyAdd(p, r, 0.1666666666666667);
        p = Math.FusedMultiplyAdd(p, r, 0.5);
        var tail = Math.FusedMultiplyAdd(p * r, r, rLow);
        var high = r + tail;
        return (high, (r - high) + tail);
    }
}
