namespace GpuKeras.Kernels;

/// <content>Angles reduced to a quarter turn.</content>
public static partial class DeviceMath
{
    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;

    // π/2 in 33 bits, whose products with quarters below 2²⁰ are exact, and the rest in two parts.
    private const double HalfPi1 = 1.5707963267341256;
    private const double HalfPi2 = 6.077100506506192e-11;
    private const double HalfPi3 = 3.5215598651832e-27;

    /// <summary>x ≥ 0 as quarter · π/2 + remainder, |remainder| ≤ π/4; only the last two bits of the quarter count.</summary>
    private static (int Quarter, float Remainder) Reduce(float x)
    {
        if (x <= 1e5f)
        {
            // π/2 in 20 bits, whose products with quarters below 2¹⁶ leave an exact difference, and the rest in two parts.
            var n = MathF.Round(x * 0.636619772f);
            var r = MathF.FusedMultiplyAdd(n, -1.57079506f, x);
            r = MathF.FusedMultiplyAdd(n, -1.26759085e-06f, r);
            return ((int)n, MathF.FusedMultiplyAdd(n, 5.14531146e-14f, r));
        }
        if (!(x < float.PositiveInfinity))
            return (0, float.NaN);
        var bits = BitConverter.SingleToInt32Bits(x);
        var (quarter, fraction, _) = ReduceLarge((ulong)((bits & 0x7FFFFF) | 0x800000), (bits >> 23) - 150);
        // The fraction in two float32, times 2⁻⁶⁴ · π/2, which is in two float32, too.
        var high = (float)fraction;
        var low = (float)(fraction - (long)high);
        const float Unit = 1f / (1L << 32) / (1L << 32);
        const float Scale = 1.57079637f * Unit;
        return (quarter, MathF.FusedMultiplyAdd(high, Scale, MathF.FusedMultiplyAdd(low, Scale, high * (-4.37113883e-08f * Unit))));
    }

    /// <summary>x ≥ 0 as quarter · π/2 + remainder + low, |remainder| ≤ π/4; only the last two bits of the quarter count.</summary>
    private static (int Quarter, double Remainder, double Low) Reduce(double x)
    {
        if (x <= 1.6e6)
        {
            var n = Math.Round(x * (1 / HalfPi));
            var exact = Math.FusedMultiplyAdd(n, -HalfPi1, x);
            var second = n * HalfPi2;
            var secondLow = Math.FusedMultiplyAdd(n, HalfPi2, -second);
            var (high, low) = Sum(exact, -second);
            low -= Math.FusedMultiplyAdd(n, HalfPi3, secondLow);
            var remainder = high + low;
            return ((int)n, remainder, (high - remainder) + low);
        }
        if (!(x < double.PositiveInfinity))
            return (0, double.NaN, 0);
        var bits = BitConverter.DoubleToInt64Bits(x);
        var (quarter, fraction, fractionLow) = ReduceLarge(((ulong)bits & 0xFFFFFFFFFFFFF) | (1UL << 52), (int)(bits >> 52) - 1075);
        // The 128 bits in three float64, which hold them exactly, then times π/2.
        var first = (double)(fraction >> 11) / (1L << 53);
        var second128 = ((ulong)(fraction & 0x7FF) << 42) | (fractionLow >> 22);
        var (a, aLow) = Sum(first, (double)(long)second128 / (1L << 53) / (1L << 53));
        aLow += (double)(long)(fractionLow & 0x3FFFFF) / (1L << 62) / (1L << 62) / 16;
        var (product, productLow) = Product(a, aLow, HalfPi, HalfPiLow);
        var sum = product + productLow;
        return (quarter, sum, (product - sum) + productLow);
    }

    /// <summary>mantissa · 2^exponent · 2/π, modulo 4, as the nearest integer and a fraction of 128 bits with a sign.</summary>
    /// <param name="mantissa">At most 53 bits.</param>
    /// <param name="exponent">Between −62 and 971.</param>
    /// <remarks>
    /// Payne and Hanek, "Radian reduction for trigonometric functions" (1983): bits of 2/π whose products are multiples of 4 are not
    /// looked at, and of the rest 192 suffice for the closest that a float64 comes to a multiple of π/2.
    /// </remarks>
    private static (int Quarter, long Fraction, ulong FractionLow) ReduceLarge(ulong mantissa, int exponent)
    {
        // The first bit that counts has the weight 2^(1 − exponent); bit 0 of word 0 has the weight 2⁶³.
        var start = exponent + 62;
        var (word, shift) = (start >> 6, start & 63);
        var (r0, r1, r2) = (0UL, 0UL, 0UL);
        var next = TwoOverPi(word);
        for (var i = 0; i < 3; i++)
        {
            var current = next;
            next = TwoOverPi(word + i + 1);
            var window = (current << shift) | (next >> 1 >> (63 - shift));
            // The product of the mantissa and 192 bits, modulo 2¹⁹², from its most significant word on.
            var low = mantissa * window;
            var high = MultiplyHigh(mantissa, window);
            if (i == 0)
            {
                r0 = low;
            }
            else if (i == 1)
            {
                r0 += high;
                r1 = low;
            }
            else
            {
                r1 += high;
                r0 += r1 < high ? 1UL : 0UL;
                r2 = low;
            }
        }
        // Two bits of quarters, then the fraction; as a number with a sign it is at most ½ when the upper half goes to the next quarter.
        var fraction = (long)((r0 << 2) | (r1 >> 62));
        var quarter = (int)(r0 >> 62) + (fraction < 0 ? 1 : 0);
        return (quarter, fraction, (r1 << 2) | (r2 >> 62));
    }

    /// <summary>The upper 64 bits of a product.</summary>
    private static ulong MultiplyHigh(ulong a, ulong b)
    {
        var (aLow, aHigh, bLow, bHigh) = (a & 0xFFFFFFFF, a >> 32, b & 0xFFFFFFFF, b >> 32);
        var middle = aHigh * bLow + (aLow * bLow >> 32);
        var other = aLow * bHigh + (middle & 0xFFFFFFFF);
        return aHigh * bHigh + (middle >> 32) + (other >> 32);
    }

    /// <summary>64 bits of 2/π: word 1 holds the first ones after the binary point.</summary>
    private static ulong TwoOverPi(int word) => word switch
    {
        1 => 0xA2F9836E4E441529,
        2 => 0xFC2757D1F534DDC0,
        3 => 0xDB6295993C439041,
        4 => 0xFE5163ABDEBBC561,
        5 => 0xB7246E3A424DD2E0,
        6 => 0x06492EEA09D1921C,
        7 => 0xFE1DEB1CB129A73E,
        8 => 0xE88235F52EBB4484,
        9 => 0xE99C7026B45F7E41,
        10 => 0x3991D639835339F4,
        11 => 0x9C845F8BBDF9283B,
        12 => 0x1FF897FFDE05980F,
        13 => 0xEF2F118B5A0A6D1F,
        14 => 0x6D367ECF27CB09B7,
        15 => 0x4F463F669E5FEA2D,
        16 => 0x7527BAC7EBE5F17B,
        17 => 0x3D0739F78A5292EA,
        18 => 0x6BFB5FB11F8D5D08,
        19 => 0x56033046FC7B6BAB,
        _ => 0,
    };
}
