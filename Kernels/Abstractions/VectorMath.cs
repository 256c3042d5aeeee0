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
}
