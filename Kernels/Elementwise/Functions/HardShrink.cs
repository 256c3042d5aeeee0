using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x where |x| exceeds the threshold, else 0; NaN stays NaN. The derivative at ±threshold is 0.</summary>
/// <param name="threshold">Keras' default is 0.5.</param>
public readonly struct HardShrink(double threshold) : IDifferentiableFunction
{
    private readonly double threshold = threshold;

    /// <inheritdoc/>
    public static string Name => "hard_shrink";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereLessOrEqual(T.Abs(x), T.Create(threshold), T.Create(0), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Create(threshold), T.Abs(x), T.Create(1), T.Create(0));
}
