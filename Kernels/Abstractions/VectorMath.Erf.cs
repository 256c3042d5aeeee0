using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <content>The error function.</content>
public static partial class VectorMath
{
    /// <summary>The error function to 2e-7: one of 32 polynomials, chosen by |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe T Erf<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // From the last interval on the result rounds to 1.
        var magnitude = T.AtMost(T.Abs(x), T.Create(3.9));
        // Adding 2²³ rounds to an integer, and leaves it in the lowest bits.
        var shift = T.Create(1 << 23);
        var interval = T.MultiplyAdd(magnitude, T.Create(ErfTable.IntervalsPerUnit), shift);
        var t = T.MultiplyAdd(interval - shift, T.Create(-1.0 / ErfTable.IntervalsPerUnit), magnitude);
        var coefficients = ErfTable.Coefficients;
        var p = T.Lookup(coefficients + 4 * ErfTable.Intervals, interval);
        p = T.MultiplyAdd(p, t, T.Lookup(coefficients + 3 * ErfTable.Intervals, interval));
        p = T.MultiplyAdd(p, t, T.Lookup(coefficients + 2 * ErfTable.Intervals, interval));
        p = T.MultiplyAdd(p, t, T.Lookup(coefficients + ErfTable.Intervals, interval));
        p = T.MultiplyAdd(p, t, T.Lookup(coefficients, interval));
        return T.CopySign(p, x);
    }

    /// <summary>The error function to 1.2e-7 of its value: a polynomial up to 1, the exponential of one above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ErfWithoutTable<T>(T x)
        where T : struct, IFloatVector<T>
    {
        var (one, magnitude) = (T.Create(1), T.Abs(x));
        // erf(x) / x − 1 in x²
        var z = magnitude * magnitude;
        var p = T.MultiplyAdd(z, T.Create(7.88912294e-05), T.Create(-0.000802084338));
        p = T.MultiplyAdd(p, z, T.Create(0.00518953567));
        p = T.MultiplyAdd(p, z, T.Create(-0.0268544443));
        p = T.MultiplyAdd(p, z, T.Create(0.112836003));
        p = T.MultiplyAdd(p, z, T.Create(-0.37612626));
        p = T.MultiplyAdd(p, z, T.Create(0.128379166));
        var small = T.MultiplyAdd(p, magnitude, magnitude);
        // log(1 − erf(x)); from 3.93 on the result rounds to 1.
        var limited = T.AtMost(magnitude, T.Create(3.93));
        var q = T.MultiplyAdd(limited, T.Create(0.000185569181), T.Create(-0.00293956255));
        q = T.MultiplyAdd(q, limited, T.Create(0.0218051504));
        q = T.MultiplyAdd(q, limited, T.Create(-0.103037044));
        q = T.MultiplyAdd(q, limited, T.Create(-0.638226032));
        q = T.MultiplyAdd(q, limited, T.Create(-1.12703979));
        q = T.MultiplyAdd(q, limited, T.Create(-0.000353761192));
        // 1 − 2ⁿ·eʳ, whose second term is below 0.16: what the low part of ln 2 adds to it is lost anyway.
        var shift = T.Create(ExponentShift);
        var bits = T.MultiplyAdd(q, T.Create(1 / Ln2), shift);
        var scale = T.FromExponentBits(bits);
        var r = T.MultiplyAdd(bits - shift, T.Create(-Ln2High), q);
        var large = T.MultiplyAdd(-ExpM1NearZero(r), scale, one - scale);
        return T.CopySign(T.WhereLess(magnitude, one, small, large), x);
    }
}
