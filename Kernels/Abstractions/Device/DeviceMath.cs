namespace GpuKeras.Kernels;

/// <summary>The transcendental functions of device code, written in C#: every device gives the same bits.</summary>
/// <remarks>
/// The kernel compiler calls them in place of those of <see cref="MathF"/>, <see cref="Math"/> and <see cref="ScalarMath"/> with the
/// same name and parameters. The float32 functions need no float64. NaN stays NaN; infinities, signed zeros and subnormals are as in
/// C's math library. The coefficients are minimax fits of our own (Remez exchange in 60 digits, then rounded).
/// </remarks>
public static partial class DeviceMath
{
    /// <summary>eˣ, as in the host's vector registers.</summary>
    public static float Exp(float x) => VectorMath.Exp(new FloatLane(x)).Value;

    /// <summary>eˣ − 1, as in the host's vector registers.</summary>
    public static float ExpM1(float x) => VectorMath.ExpM1(new FloatLane(x)).Value;

    /// <summary>The natural logarithm, as in the host's vector registers.</summary>
    public static float Log(float x) => VectorMath.Log(new FloatLane(x)).Value;

    /// <summary>log(1 + x), as in the host's vector registers.</summary>
    public static float Log1P(float x) => VectorMath.Log1P(new FloatLane(x)).Value;

    /// <summary>The hyperbolic tangent, as in the host's vector registers.</summary>
    public static float Tanh(float x) => VectorMath.Tanh(new FloatLane(x)).Value;

    /// <summary>The error function, without the table of the host's vector registers.</summary>
    public static float Erf(float x) => VectorMath.ErfWithoutTable(new FloatLane(x)).Value;

    /// <summary>xʸ, as in the host's vector registers.</summary>
    public static float Pow(float x, float y) => VectorMath.Pow(new FloatLane(x), new FloatLane(y)).Value;

    /// <summary>a + b, and what rounding it loses.</summary>
    private static (double High, double Low) Sum(double a, double b)
    {
        var high = a + b;
        var part = high - a;
        return (high, (a - (high - part)) + (b - part));
    }

    /// <summary>The product of two sums of two float64, each low part far smaller than its high part.</summary>
    private static (double High, double Low) Product(double a, double aLow, double b, double bLow)
    {
        var high = a * b;
        return (high, Math.FusedMultiplyAdd(a, b, -high) + (a * bLow + aLow * b));
    }

    /// <summary>2ⁿ for −1022 ≤ n ≤ 1023.</summary>
    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);

    /// <summary>x · 2ⁿ, correctly rounded into the subnormals and saturating to infinity.</summary>
    private static double ScaleByPowerOfTwo(double x, int n)
    {
        // Two steps, because 2ⁿ itself may lie outside the normal range although x · 2ⁿ does not.
        var half = n >> 1;
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>|x| = 2ᵏ · mantissa, with the mantissa in (√½, √2].</summary>
    private static (int Exponent, double Mantissa) Split(double x)
    {
        // Subnormals are scaled into the normal range first.
        var subnormal = Math.Abs(x) < 2.2250738585072014e-308;
        var bits = BitConverter.DoubleToInt64Bits(subnormal ? x * (1L << 54) : x);
        var exponent = ((int)(bits >> 52) & 0x7FF) - (subnormal ? 1023 + 54 : 1023);
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        var isLarge = mantissa > 1.4142135623730951;
        return (isLarge ? exponent + 1 : exponent, isLarge ? 0.5 * mantissa : mantissa);
    }

    /// <summary>x limited to [low, high]; NaN stays NaN.</summary>
    private static double Limit(double x, double low, double high) => x < low ? low : x > high ? high : x;
}
