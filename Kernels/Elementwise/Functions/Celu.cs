using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>
/// Continuously differentiable exponential linear unit: x above 0, α·(e^(x/α) − 1) below (Barron 2017, arXiv:1704.07483).
/// </summary>
/// <param name="alpha">The limit towards −∞, negated; Keras' default is 1.</param>
public readonly struct Celu(double alpha) : IDifferentiableFunction
{
    private readonly double alpha = alpha;

    /// <inheritdoc/>
    public static string Name => "celu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T>
    {
        var scale = T.Create(alpha);
        return T.WhereLessOrEqual(x, T.Create(0), scale * T.ExpM1(x / scale), x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> =>
        T.WhereLessOrEqual(x, T.Create(0), T.Exp(x / T.Create(alpha)), T.Create(1));
}
