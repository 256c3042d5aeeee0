using System.Numerics;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>Transcendental functions to 200 bits and more of their value, from their series in long integers.</summary>
public static class PreciseMath
{
    private const int WorkingBits = 300;
    private const int LongestBits = 2600;

    private static readonly BigInteger LongPi = MachinPi(LongestBits);
    private static readonly BigInteger LongLn2 = 2 * AtanhSeries((BigInteger.One << LongestBits) / 3, LongestBits);

    public static PreciseNumber Exp(double x)
    {
        var bits = BitsFor(x);
        return Exp(PreciseNumber.From(x, bits).Value, bits);
    }

    public static PreciseNumber ExpM1(double x)
    {
        var bits = BitsFor(x);
        var value = PreciseNumber.From(x, bits).Value;
        if (Math.Abs(x) < 0.25)
            return new(ExpM1Series(value, bits), bits);
        var exponential = Exp(value, bits);
        return exponential.Bits < 0 ? exponential : new(exponential.Value - (BigInteger.One << exponential.Bits), exponential.Bits);
    }

    public static PreciseNumber Log(double x)
    {
        var bits = BitsFor(x);
        return new(Log(PreciseNumber.From(x, bits).Value, bits), bits);
    }

    public static PreciseNumber Log1P(double x)
    {
        var bits = BitsFor(x);
        return new(Log((BigInteger.One << bits) + PreciseNumber.From(x, bits).Value, bits), bits);
    }

    public static PreciseNumber Tanh(double x)
    {
        if (Math.Abs(x) > 30)
            return PreciseNumber.From(Math.Sign(x), WorkingBits);
        var (value, bits) = ExpM1(2 * x);
        return new((value << bits) / (value + (BigInteger.One << (bits + 1))), bits);
    }

    /// <summary>2/√π · (x − x³/3 + x⁵/(5·2!) − …); the bits make up for what cancels.</summary>
    public static PreciseNumber Erf(double x)
    {
        if (Math.Abs(x) > 8)
            return PreciseNumber.From(Math.Sign(x), WorkingBits);
        var bits = BitsFor(x);
        var value = PreciseNumber.From(x, bits).Value;
        var square = (value * value) >> bits;
        var (power, sum) = (value, value);
        for (var n = 1; !power.IsZero; n++)
        {
            power = -((power * square) >> bits) / n;
            sum += power / (2 * n + 1);
        }
        return new((2 * sum << bits) / SquareRoot(Pi(bits) << bits), bits);
    }

    public static PreciseNumber Pow(double x, double y)
    {
        var bits = BitsFor(x) + BitsFor(y);
        var logarithm = Log(PreciseNumber.From(x, bits).Value, bits);
        return Exp((logarithm * PreciseNumber.From(y, bits).Value) >> bits, bits);
    }

    public static PreciseNumber Sin(double x) => SinOfQuarters(x, 0);

    public static PreciseNumber Cos(double x) => SinOfQuarters(x, 1);

    private static PreciseNumber SinOfQuarters(double x, int quarters)
    {
        var bits = BitsFor(x);
        var halfPi = Pi(bits) >> 1;
        var value = PreciseNumber.From(x, bits).Value;
        var quarter = (2 * value + halfPi) / (2 * halfPi) - (value.Sign < 0 ? 1 : 0);
        var rest = value - quarter * halfPi;
        var turn = (int)(((quarter + quarters) % 4 + 4) % 4);
        var square = -(rest * rest) >> bits;
        // The sine starts with the rest, the cosine with one; each further term has two more factors.
        var n = turn % 2 == 0 ? 1 : 0;
        var term = turn % 2 == 0 ? rest : BigInteger.One << bits;
        var sum = term;
        while (!term.IsZero)
        {
            term = ((term * square) >> bits) / ((n + 1) * (n + 2));
            if (term == -1)
                break;
            n += 2;
            sum += term;
        }
        return new(turn < 2 ? sum : -sum, bits);
    }

    // Enough for the smallest number, and for π to reduce the largest.
    private static int BitsFor(double x) => WorkingBits + (x == 0 ? 0 : Math.Abs(Math.ILogB(x)));

    private static BigInteger Pi(int bits) => LongPi >> (LongestBits - bits);

    private static PreciseNumber Exp(BigInteger value, int bits)
    {
        var ln2 = LongLn2 >> (LongestBits - bits);
        var n = (int)((2 * value + ln2) / (2 * ln2)) - (value.Sign < 0 ? 1 : 0);
        return new((BigInteger.One << bits) + ExpM1Series(value - n * ln2, bits), bits - n);
    }

    private static BigInteger ExpM1Series(BigInteger value, int bits)
    {
        var (term, sum) = (value, value);
        for (var n = 2; !term.IsZero && term != -1; n++)
        {
            term = ((term * value) >> bits) / n;
            sum += term;
        }
        return sum;
    }

    private static BigInteger Log(BigInteger value, int bits)
    {
        // A mantissa near one: two thirds to four thirds.
        var k = (int)(value * 3 / 2).GetBitLength() - 1 - bits;
        var (numerator, denominator) = k >= 0
            ? (value - (BigInteger.One << (bits + k)), value + (BigInteger.One << (bits + k)))
            : ((value << -k) - (BigInteger.One << bits), (value << -k) + (BigInteger.One << bits));
        return 2 * AtanhSeries((numerator << bits) / denominator, bits) + k * (LongLn2 >> (LongestBits - bits));
    }

    private static BigInteger AtanhSeries(BigInteger value, int bits)
    {
        var square = (value * value) >> bits;
        var (power, sum) = (value, value);
        for (var n = 3; !power.IsZero && power != -1; n += 2)
        {
            power = (power * square) >> bits;
            sum += power / n;
        }
        return sum;
    }

    /// <summary>π = 16·arctan(1/5) − 4·arctan(1/239) (Machin).</summary>
    private static BigInteger MachinPi(int bits)
    {
        return 16 * Arctan(5) - 4 * Arctan(239);

        BigInteger Arctan(int inverse)
        {
            var power = (BigInteger.One << bits) / inverse;
            var sum = power;
            for (var n = 3; !power.IsZero; n += 2)
            {
                power = -power / (inverse * inverse);
                sum += power / n;
            }
            return sum;
        }
    }

    /// <summary>Newton's iteration from above.</summary>
    private static BigInteger SquareRoot(BigInteger value)
    {
        var root = BigInteger.One << ((int)value.GetBitLength() / 2 + 1);
        while (true)
        {
            var next = (root + value / root) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }
}
