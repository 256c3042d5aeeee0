using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x moved towards 0 by the threshold, and 0 within it. The derivative at ±threshold is 0.</summary>
/// <param name="threshold">Keras' default is 0.5.</param>
public readonly struct SoftShrink(double threshold) : IDifferentiableFunction
{
    private readonly double threshold = threshold;

    /// <inheritdoc/>
    public static string Name => "soft_shrink";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T>
    {
        var limit = T.Create(threshold);
        var above = T.WhereLess(limit, x, x - limit, x * T.Create(0));
        return T.WhereLess(x, -limit, x + limit, above);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Create(threshold), T.Abs(x), T.Create(1), T.Create(0));
}
