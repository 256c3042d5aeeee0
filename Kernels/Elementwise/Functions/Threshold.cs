using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x above the threshold, else the default value; NaN stays NaN. The derivative at the threshold is 0.</summary>
/// <param name="threshold">Values up to it are replaced.</param>
/// <param name="defaultValue">What they are replaced by.</param>
public readonly struct Threshold(double threshold, double defaultValue) : IDifferentiableFunction
{
    private readonly double threshold = threshold;
    private readonly double defaultValue = defaultValue;

    /// <inheritdoc/>
    public static string Name => "threshold";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereLessOrEqual(x, T.Create(threshold), T.Create(defaultValue), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Create(threshold), x, T.Create(1), T.Create(0));
}
