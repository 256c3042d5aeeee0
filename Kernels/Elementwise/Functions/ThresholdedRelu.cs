using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>Keras' full rectifier: x above the threshold, limited to [0, maximum]; negativeSlope · (x − threshold) up to it.</summary>
/// <param name="negativeSlope">The slope below the threshold.</param>
/// <param name="maximum">The saturation value, or +∞ for none, when values between a negative threshold and 0 are kept.</param>
/// <param name="threshold">Where the function switches.</param>
/// <remarks>The derivative at the threshold is 0, and at the maximum 1.</remarks>
public readonly struct ThresholdedRelu(double negativeSlope, double maximum, double threshold) : IDifferentiableFunction
{
    private readonly double negativeSlope = negativeSlope;
    private readonly double minimum = double.IsPositiveInfinity(maximum) ? double.NegativeInfinity : 0;
    private readonly double maximum = maximum;
    private readonly double threshold = threshold;
    private readonly bool hasSlope = negativeSlope != 0;

    /// <inheritdoc/>
    public static string Name => "relu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T>
    {
        var (zero, limit) = (T.Create(0), T.Create(threshold));
        var positive = T.WhereLessOrEqual(x, limit, zero, x);
        positive = T.Min(T.Max(positive, T.Create(minimum)), T.Create(maximum));
        // Without a slope, 0 · −∞ would be NaN.
        return hasSlope ? T.WhereLess(x, limit, T.Create(negativeSlope) * (x - limit), positive) : positive;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var (zero, one, limit) = (T.Create(0), T.Create(1), T.Create(threshold));
        var inside = T.WhereLess(x, T.Create(minimum), zero, T.WhereLess(T.Create(maximum), x, zero, one));
        return T.WhereLess(x, limit, T.Create(negativeSlope), T.WhereLess(limit, x, inside, zero));
    }
}
