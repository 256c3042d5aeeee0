using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>Gaussian error linear unit: x · Φ(x), Φ the normal distribution function (Hendrycks 2016, arXiv:1606.08415).</summary>
public readonly struct Gelu : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "gelu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> =>
        T.Create(0.5) * x * (T.Create(1) + T.Erf(x * T.Create(0.70710678118654752440)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var distribution = T.Create(0.5) * (T.Create(1) + T.Erf(x * T.Create(0.70710678118654752440)));
        var density = T.Create(0.39894228040143267794) * T.Exp(T.Create(-0.5) * x * x);
        return distribution + x * density;
    }
}
