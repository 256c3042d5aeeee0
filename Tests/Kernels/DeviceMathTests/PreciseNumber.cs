using System.Numerics;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>The number Value · 2^−Bits: a reference of as many bits as it takes.</summary>
public readonly record struct PreciseNumber(BigInteger Value, int Bits)
{
    public static PreciseNumber From(double x, int bits)
    {
        var (mantissa, exponent) = Split(x);
        return new(Shifted(mantissa, exponent + bits), bits);
    }

    /// <summary>How far a float64 is from this number, in units of the last place.</summary>
    public double UlpsFrom(double actual) => UlpsFrom(actual, 53, -1074, 1024);

    /// <summary>How far a float32 is from this number, in units of the last place.</summary>
    public double UlpsFrom(float actual) => UlpsFrom(actual, 24, -149, 128);

    public static BigInteger Shifted(BigInteger value, int bits) => bits >= 0 ? value << bits : value >> -bits;

    /// <summary>x = Mantissa · 2^Exponent.</summary>
    public static (long Mantissa, int Exponent) Split(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        var exponent = Math.Max((int)(bits >> 52), 1);
        var mantissa = (bits & ((1L << 52) - 1)) + (bits >> 52 == 0 ? 0 : 1L << 52);
        return (x < 0 ? -mantissa : mantissa, exponent - 1075);
    }

    private double UlpsFrom(double actual, int precision, int minimumExponent, int overflowExponent)
    {
        if (double.IsNaN(actual))
            return double.NaN;
        // Infinity counts as the first power of two that does not fit.
        var (mantissa, exponent) = double.IsInfinity(actual) ? (Math.Sign(actual), overflowExponent) : Split(actual);
        var ulpExponent = Math.Max((int)BigInteger.Abs(Value).GetBitLength() - Bits - precision, minimumExponent);
        if (double.IsInfinity(actual) && ulpExponent > overflowExponent - precision)
            return 0;
        var bits = Math.Max(Bits, -exponent);
        var difference = BigInteger.Abs(((BigInteger)mantissa << (bits + exponent)) - (Value << (bits - Bits)));
        return (double)Shifted(difference, 20 - bits - ulpExponent) / (1 << 20);
    }
}
