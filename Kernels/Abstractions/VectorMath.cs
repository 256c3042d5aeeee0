using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Transcendental functions of float32 registers: one polynomial each, for every register width.</summary>
public static class VectorMath
{
    /// <summary>eˣ: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a degree-6 polynomial in r, scaled by 2ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Beyond these bounds the result is 0 or infinity.
        x = T.Clamp(x, T.Create(-104), T.Create(89));
        var n = T.Round(x * T.Create(1.44269504088896341));
        var r = T.MultiplyAdd(n, T.Create(-0.693359375), x);
        r = T.MultiplyAdd(n, T.Create(2.12194440e-4), r);
        var p = T.MultiplyAdd(T.Create(1.9875691500e-4), r, T.Create(1.3981999507e-3));
        p = T.MultiplyAdd(p, r, T.Create(8.3334519073e-3));
        p = T.MultiplyAdd(p, r, T.Create(4.1665795894e-2));
        p = T.MultiplyAdd(p, r, T.Create(1.6666665459e-1));
        p = T.MultiplyAdd(p, r, T.Create(5.0000001201e-1));
        p = T.MultiplyAdd(p, r * r, r) + T.Create(1);
        return T.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>eˣ − 1.</summary>
    public static T ExpM1<T>(T x)
        where T : struct, IFloatVector<T> => PerScalar(x, static value => ScalarMath.ExpM1(value));

    /// <summary>The natural logarithm.</summary>
    public static T Log<T>(T x)
        where T : struct, IFloatVector<T> => PerScalar(x, MathF.Log);

    /// <summary>log(1 + x).</summary>
    public static T Log1P<T>(T x)
        where T : struct, IFloatVector<T> => PerScalar(x, static value => ScalarMath.Log1P(value));

    /// <summary>The hyperbolic tangent.</summary>
    public static T Tanh<T>(T x)
        where T : struct, IFloatVector<T> => PerScalar(x, MathF.Tanh);

    /// <summary>The error function.</summary>
    public static T Erf<T>(T x)
        where T : struct, IFloatVector<T> => PerScalar(x, static value => ScalarMath.Erf(value));

    /// <summary>xʸ.</summary>
    public static unsafe T Pow<T>(T x, T y)
        where T : struct, IFloatVector<T>
    {
        var a = stackalloc float[16];
        var b = stackalloc float[16];
        x.Store(a);
        y.Store(b);
        for (var i = 0; i < T.Count; i++)
            a[i] = MathF.Pow(a[i], b[i]);
        return T.Load(a);
    }

    private static unsafe T PerScalar<T>(T x, Func<float, float> function)
        where T : struct, IFloatVector<T>
    {
        var values = stackalloc float[16];
        x.Store(values);
        for (var i = 0; i < T.Count; i++)
            values[i] = function(values[i]);
        return T.Load(values);
    }
}
