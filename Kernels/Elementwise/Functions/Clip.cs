using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>
/// x limited to [minimum, maximum]; NaN stays NaN. The derivative is 1 on the interval, both ends included, and 0 outside.
/// </summary>
/// <param name="minimum">The lower end.</param>
/// <param name="maximum">The upper end.</param>
public readonly struct Clip(double minimum, double maximum) : IDifferentiableFunction
{
    private readonly double minimum = minimum;
    private readonly double maximum = maximum;

    /// <inheritdoc/>
    public static string Name => "clip";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Min(T.Max(x, T.Create(minimum)), T.Create(maximum));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        var belowMaximum = T.WhereLess(T.Create(maximum), x, zero, one);
        return T.WhereLess(x, T.Create(minimum), zero, belowMaximum);
    }
}
