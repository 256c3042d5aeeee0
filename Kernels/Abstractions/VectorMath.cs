using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Transcendental functions of float32 registers: one polynomial each, for every register width.</summary>
/// <remarks>
/// The coefficients are minimax fits of our own (Remez exchange in 50 digits, refitted after each coefficient was rounded to float32).
/// Every register width gives the same bits. NaN stays NaN; infinities and signed zeros are as in C's math library.
/// </remarks>
public static class VectorMath
{
    private const double Ln2 = 0.69314718055994531;

    // ln 2 in two float32: with a fused multiply-add the first product is exact.
    private const double Ln2High = 0.693147182464599609375;
    private const double Ln2Low = Ln2 - Ln2High;

    /// <summary>eˣ to 8e-8: x = n·ln 2 + r, a polynomial in r, scaled by 2ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Beyond these bounds the result is 0 or infinity.
        x = T.Clamp(x, T.Create(-104), T.Create(89));
        var n = T.Round(x * T.Create(1 / Ln2));
        return T.ScaleByPowerOfTwo(ExpM1OfRemainder(x, n) + T.Create(1), n);
    }

    /// <summary>eˣ − 1 to 1.6e-7 of its value, also near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpM1<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Below −20 the result rounds to −1.
        var limited = T.Clamp(x, T.Create(-20), T.Create(89));
        var n = T.Round(limited * T.Create(1 / Ln2));
        var p = ExpM1OfRemainder(limited, n);
        // 2ⁿ(1 + p) − 1, with 2ⁿ⁻¹ in place of 2ⁿ, which overflows before the result does.
        var half = T.ScaleByPowerOfTwo(T.Create(0.5), n);
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
        var magnitude = T.Clamp(T.Abs(x), T.Create(0), T.Create(9.1));
        var argument = magnitude * T.Create(-2);
        var n = T.Round(argument * T.Create(1 / Ln2));
        var scale = T.ScaleByPowerOfTwo(T.Create(-1), n);
        var t = T.MultiplyAdd(ExpM1OfRemainder(argument, n), scale, scale + T.Create(1));
        return T.CopySign(t / (T.Create(2) - t), x);
    }

    /// <summary>The error function to 2e-7: x + x·P(x²) below 0.855, 1 − e^(−Q(|x|)) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Above 4 the result rounds to 1.
        var magnitude = T.Clamp(T.Abs(x), T.Create(0), T.Create(4));
        var square = magnitude * magnitude;
        var p = T.MultiplyAdd(square, T.Create(-0.000631844741), T.Create(0.00505306758));
        p = T.MultiplyAdd(p, square, T.Create(-0.0268048737));
        p = T.MultiplyAdd(p, square, T.Create(0.112828165));
        p = T.MultiplyAdd(p, square, T.Create(-0.376125872));
        p = T.MultiplyAdd(p, square, T.Create(0.128379166));
        var near = T.MultiplyAdd(p, magnitude, magnitude);

        var q = T.MultiplyAdd(magnitude, T.Create(-0.000203674397), T.Create(0.00311783282));
        q = T.MultiplyAdd(q, magnitude, T.Create(-0.0225189775));
        q = T.MultiplyAdd(q, magnitude, T.Create(0.10452579));
        q = T.MultiplyAdd(q, magnitude, T.Create(0.636519074));
        q = T.MultiplyAdd(q, magnitude, T.Create(1.12806094));
        q = T.MultiplyAdd(q, magnitude, T.Create(0.000104537481));
        var n = T.Round(q * T.Create(-1 / Ln2));
        var far = T.Create(1) - T.ScaleByPowerOfTwo(ExpM1OfRemainder(-q, n) + T.Create(1), n);
        return T.CopySign(T.WhereLess(magnitude, T.Create(0.855), near, far), x);
    }

    /// <summary>xʸ, computed one scalar at a time by the runtime: its special values need more care than registers repay.</summary>
    public static unsafe T Pow<T>(T x, T y)
        where T : struct, IFloatVector<T>
    {
        var a = stackalloc float[T.Count];
        var b = stackalloc float[T.Count];
        x.Store(a);
        y.Store(b);
        for (var i = 0; i < T.Count; i++)
            a[i] = MathF.Pow(a[i], b[i]);
        return T.Load(a);
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

    /// <summary>eʳ − 1 for r = x − n·ln 2, |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpM1OfRemainder<T>(T x, T n)
        where T : struct, IFloatVector<T>
    {
        var r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(n, T.Create(-Ln2Low), r);
        var p = T.MultiplyAdd(r, T.Create(0.000199141752), T.Create(0.00139409979));
        p = T.MultiplyAdd(p, r, T.Create(0.00833327323));
        p = T.MultiplyAdd(p, r, T.Create(0.041666355));
        p = T.MultiplyAdd(p, r, T.Create(0.166666672));
        p = T.MultiplyAdd(p, r, T.Create(0.5));
        return T.MultiplyAdd(p, r * r, r);
    }

    /// <summary>x = 2ᵏ · mantissa, with the mantissa in (√½, √2].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Exponent, T Mantissa) Split<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var exponent = T.Exponent(x);
        var mantissa = T.ScaleByPowerOfTwo(x, -exponent);
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
