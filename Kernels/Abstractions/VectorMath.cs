using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Transcendental functions of float32 registers: one polynomial each, for every register width.</summary>
/// <remarks>
/// The coefficients are minimax fits of our own (Remez exchange in 50 digits, refitted after each coefficient was rounded to float32).
/// Every register width gives the same bits. NaN stays NaN; infinities and signed zeros are as in C's math library.
/// </remarks>
public static partial class VectorMath
{
    private const double Ln2 = 0.69314718055994531;

    // ln 2 in two float32: with a fused multiply-add the first product is exact.
    private const double Ln2High = 0.693147182464599609375;
    private const double Ln2Low = Ln2 - Ln2High;

    // (eʳ − 1 − r) / r² = ½ + Exp1·r + … + Exp5·r⁵
    private const double Exp1 = 0.166666672;
    private const double Exp2 = 0.041666355;
    private const double Exp3 = 0.00833327323;
    private const double Exp4 = 0.00139409979;
    private const double Exp5 = 0.000199141752;

    // x + 1.5·2²³ is x rounded to an integer, which is then in the lowest bits; with 127 added they are the exponent bits of 2ˣ.
    private const double RoundingShift = 1.5 * (1 << 23);
    private const double ExponentShift = RoundingShift + 127;

    /// <summary>The bits of 2²³, which holds a small integer in its lowest bits.</summary>
    internal const int ExponentBase = 0x4B000000;

    /// <summary>The mantissa's bits of a float32.</summary>
    internal const int MantissaMask = 0x7FFFFF;

    /// <summary>The bits of 1.</summary>
    internal const int OneBits = 0x3F800000;

    private const double LeastNormal = 1.17549435e-38;

    /// <summary>eˣ to 8e-8: x = n·ln 2 + r, a polynomial in r, scaled by 2ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Beyond these bounds the result is 0 or infinity.
        x = T.Clamp(x, T.Create(-104), T.Create(89));
        var shift = T.Create(RoundingShift);
        var n = T.MultiplyAdd(x, T.Create(1 / Ln2), shift) - shift;
        return T.ScaleByPowerOfTwo(ExpM1OfRemainder(x, n) + T.Create(1), n);
    }

    /// <summary>eˣ − 1 to 1.6e-7 of its value, also near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpM1<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Below −20 the result rounds to −1.
        var limited = T.Clamp(x, T.Create(-20), T.Create(89));
        // 2ⁿ⁻¹ in place of 2ⁿ, which overflows before the result does.
        var shift = T.Create(ExponentShift - 1);
        var bits = T.MultiplyAdd(limited, T.Create(1 / Ln2), shift);
        var half = T.FromExponentBits(bits);
        var p = ExpM1OfRemainder(limited, bits - shift);
        // 2ⁿ(1 + p) − 1, halved.
        var halfResult = T.MultiplyAdd(p, half, half - T.Create(0.5));
        // Halving loses a bit of a subnormal p; there the result is x.
        var result = T.WhereLess(T.Abs(x), T.Create(1e-30), x, halfResult + halfResult);
        return T.CopySign(result, x);
    }

    /// <summary>The natural logarithm to 1.2e-7: x = 2ᵏ·(1 + f) with 1 + f in (√½, √2], a polynomial in f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var (k, mantissa) = Split(x);
        return LogSpecialValues(x, LogOfSplit(k, mantissa - T.Create(1)));
    }

    /// <summary>log(1 + x) to 1.5e-7 of its value, also near zero: what rounding 1 + x loses is added to the mantissa.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1P<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var one = T.Create(1);
        var sum = one + x;
        var lost = T.WhereLess(x, one, x - (sum - one), one - (sum - x));
        var (k, mantissa) = Split(sum);
        var f = (mantissa - one) + T.ScaleByPowerOfTwo(lost, -k);
        return T.CopySign(LogSpecialValues(sum, LogOfSplit(k, f)), x);
    }

    /// <summary>The hyperbolic tangent to 1.6e-7, from t = 1 − e^(−2|x|) as t / (2 − t).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Above 9.1 the result rounds to 1.
        var magnitude = T.AtMost(T.Abs(x), T.Create(9.1));
        // e^(−2|x|) = 2ⁿ·e^(−2r): the steps of ExpM1OfRemainder with the factor −2 moved into its constants.
        var shift = T.Create(ExponentShift + 1);
        var bits = T.MultiplyAdd(magnitude, T.Create(-2 / Ln2), shift);
        var n = bits - shift;
        var twice = T.FromExponentBits(bits);
        // Without the low part of ln 2: r is off by n·1e-9, its exponential has the weight 2ⁿ with n ≤ 0.
        var r = T.MultiplyAdd(n, T.Create(Ln2High / 2), magnitude);
        var p = T.MultiplyAdd(r, T.Create(64 * Exp5), T.Create(-32 * Exp4));
        p = T.MultiplyAdd(p, r, T.Create(16 * Exp3));
        p = T.MultiplyAdd(p, r, T.Create(-8 * Exp2));
        p = T.MultiplyAdd(p, r, T.Create(4 * Exp1));
        p = T.MultiplyAdd(p, r, T.Create(-1));
        p = T.MultiplyAdd(p, r * r, r);
        // t = 1 − 2ⁿ + 2ⁿ(1 − e^(−2r))
        var t = T.MultiplyAdd(p, twice, T.MultiplyAdd(twice, T.Create(-0.5), T.Create(1)));
        return T.CopySign(t / (T.Create(2) - t), x);
    }

    /// <summary>The remainder of floored division, one scalar at a time, because it must be exact.</summary>
    public static unsafe T FloorModulo<T>(T x, T y)
        where T : struct, IFloatVector<T>
    {
        var a = stackalloc float[T.Count];
        var b = stackalloc float[T.Count];
        x.Store(a);
        y.Store(b);
        for (var i = 0; i < T.Count; i++)
            a[i] = ScalarMath.FloorModulo(a[i], b[i]);
        return T.Load(a);
    }

    /// <summary><see cref="IFloatVector{TSelf}.ScaleByPowerOfTwo"/> for registers without an instruction for it, |n| ≤ 252.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ScaleByPowerOfTwo<T>(T x, T n)
        where T : struct, IFloatVector<T>
    {
        // Two steps, because 2ⁿ itself may lie outside the normal range although x · 2ⁿ does not.
        var shift = T.Create(ExponentShift);
        var half = T.MultiplyAdd(n, T.Create(0.5), shift);
        var rest = n - (half - shift);
        return x * T.FromExponentBits(half) * T.FromExponentBits(rest + shift);
    }

    /// <summary><see cref="IFloatVector{TSelf}.Exponent"/> for registers without an instruction for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Exponent<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var offset = T.WhereLess(T.Abs(x), T.Create(LeastNormal), T.Create((1 << 23) + 127 + 24), T.Create((1 << 23) + 127));
        return T.ToExponentBits(Normal(x)) - offset;
    }

    /// <summary><see cref="IFloatVector{TSelf}.Mantissa"/> for registers without an instruction for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Mantissa<T>(T x)
        where T : struct, IFloatVector<T> => T.FromMantissaBits(Normal(x));

    // Subnormals are scaled into the normal range.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Normal<T>(T x)
        where T : struct, IFloatVector<T> => T.WhereLess(T.Abs(x), T.Create(LeastNormal), x * T.Create(1 << 24), x);

    /// <summary>eʳ − 1 for r = x − n·ln 2, |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpM1OfRemainder<T>(T x, T n)
        where T : struct, IFloatVector<T>
    {
        var r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        return ExpM1NearZero(T.MultiplyAdd(n, T.Create(-Ln2Low), r));
    }

    /// <summary>eʳ − 1 for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpM1NearZero<T>(T r)
        where T : struct, IFloatVector<T>
    {
        var p = T.MultiplyAdd(r, T.Create(Exp5), T.Create(Exp4));
        p = T.MultiplyAdd(p, r, T.Create(Exp3));
        p = T.MultiplyAdd(p, r, T.Create(Exp2));
        p = T.MultiplyAdd(p, r, T.Create(Exp1));
        p = T.MultiplyAdd(p, r, T.Create(0.5));
        return T.MultiplyAdd(p, r * r, r);
    }

    /// <summary>A positive x as 2ᵏ · mantissa, with the mantissa in (√½, √2].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Exponent, T Mantissa) Split<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var exponent = T.Exponent(x);
        var mantissa = T.Mantissa(x);
        var root = T.Create(1.41421356237309505);
        return (T.WhereLess(root, mantissa, exponent + T.Create(1), exponent),
            T.WhereLess(root, mantissa, mantissa * T.Create(0.5), mantissa));
    }

    /// <summary>k·ln 2 + log(1 + f): f − f²/2 + f³·P(f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogOfSplit<T>(T k, T f)
        where T : struct, IFloatVector<T>
    {
        var square = f * f;
        var p = T.MultiplyAdd(f, T.Create(-0.0793439597), T.Create(0.128887936));
        p = T.MultiplyAdd(p, f, T.Create(-0.131167203));
        p = T.MultiplyAdd(p, f, T.Create(0.14180626));
        p = T.MultiplyAdd(p, f, T.Create(-0.166249022));
        p = T.MultiplyAdd(p, f, T.Create(0.200023144));
        p = T.MultiplyAdd(p, f, T.Create(-0.250007987));
        p = T.MultiplyAdd(p, f, T.Create(0.333333164));
        var tail = T.MultiplyAdd(p, square * f, k * T.Create(Ln2Low));
        tail = T.MultiplyAdd(square, T.Create(-0.5), tail);
        return T.MultiplyAdd(k, T.Create(Ln2High), f + tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogSpecialValues<T>(T x, T logarithm)
        where T : struct, IFloatVector<T>
    {
        var infinity = T.Create(double.PositiveInfinity);
        // NaN compares false, so the second operand x also carries NaN through.
        var result = T.WhereLess(x, infinity, logarithm, x);
        var zero = T.Create(0);
        return T.WhereLessOrEqual(x, zero, T.WhereEqual(x, zero, -infinity, T.Create(double.NaN)), result);
    }
}
