using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x above 0, negativeSlope · x below. The derivative at 0 is negativeSlope.</summary>
/// <param name="negativeSlope">The slope below 0; Keras' default is 0.2.</param>
public readonly struct LeakyRelu(double negativeSlope) : IDifferentiableFunction
{
    private readonly double negativeSlope = negativeSlope;

    /// <inheritdoc/>
    public static string Name => "leaky_relu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereLess(T.Create(0), x, x, T.Create(negativeSlope) * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Create(0), x, T.Create(1), T.Create(negativeSlope));
}
