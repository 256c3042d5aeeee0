namespace GpuKeras.Kernels;

/// <content>Remainders, which are exact.</content>
public static partial class DeviceMath
{
    /// <summary>The remainder of truncated division; it has the sign of <paramref name="a"/> (C#'s <c>%</c>).</summary>
    public static float Remainder(float a, float b)
    {
        const int Infinity = 0x7F800000;
        var x = BitConverter.SingleToInt32Bits(a) & int.MaxValue;
        var y = BitConverter.SingleToInt32Bits(b) & int.MaxValue;
        if (x >= Infinity || y > Infinity || y == 0)
            return float.NaN;
        if (x < y)
            return a;
        // As integers times powers of two; a subnormal has the exponent of the smallest normal number.
        var (xExponent, yExponent) = (Math.Max(x >> 23, 1), Math.Max(y >> 23, 1));
        var xMantissa = x >> 23 == 0 ? x : (x & 0x7FFFFF) | 0x800000;
        var yMantissa = y >> 23 == 0 ? y : (y & 0x7FFFFF) | 0x800000;
        // 24 bits leave 40 of a word free.
        var rest = RemainderOfMantissas((ulong)xMantissa, (ulong)yMantissa, xExponent - yExponent, 40);
        return MathF.CopySign(FloatLane.ScaleByPowerOfTwo(new FloatLane((float)(int)rest), new FloatLane((float)(yExponent - 150))).Value, a);
    }

    /// <inheritdoc cref="Remainder(float, float)"/>
    public static double Remainder(double a, double b)
    {
        const long Infinity = 0x7FFL << 52;
        const long Fraction = (1L << 52) - 1;
        var x = BitConverter.DoubleToInt64Bits(a) & long.MaxValue;
        var y = BitConverter.DoubleToInt64Bits(b) & long.MaxValue;
        if (x >= Infinity || y > Infinity || y == 0)
            return double.NaN;
        if (x < y)
            return a;
        var (xExponent, yExponent) = (Math.Max((int)(x >> 52), 1), Math.Max((int)(y >> 52), 1));
        var xMantissa = x >> 52 == 0 ? x : (x & Fraction) | (1L << 52);
        var yMantissa = y >> 52 == 0 ? y : (y & Fraction) | (1L << 52);
        // 53 bits leave 11 of a word free.
        var rest = RemainderOfMantissas((ulong)xMantissa, (ulong)yMantissa, xExponent - yExponent, 11);
        return Math.CopySign(ScaleByPowerOfTwo((double)(long)rest, yExponent - 1075), a);
    }

    /// <inheritdoc cref="ScalarMath.FloorModulo(float, float)"/>
    public static float FloorModulo(float a, float b)
    {
        var remainder = Remainder(a, b);
        if (remainder == 0)
            return MathF.CopySign(remainder, b);
        return (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    /// <inheritdoc cref="ScalarMath.FloorModulo(double, double)"/>
    public static double FloorModulo(double a, double b)
    {
        var remainder = Remainder(a, b);
        if (remainder == 0)
            return Math.CopySign(remainder, b);
        return (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    /// <summary>x · 2ⁿ modulo y by long division.</summary>
    /// <param name="step">How many bits are free above y.</param>
    private static ulong RemainderOfMantissas(ulong x, ulong y, int n, int step)
    {
        var rest = x % y;
        while (n > 0)
        {
            var bits = Math.Min(n, step);
            rest = (rest << bits) % y;
            n -= bits;
        }
        return rest;
    }
}
