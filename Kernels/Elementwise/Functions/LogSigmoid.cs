using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>log(sigmoid(x)) = min(x, 0) − log(1 + e^(−|x|)), which does not overflow.</summary>
public readonly struct LogSigmoid : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "log_sigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Min(x, T.Create(0)) - T.Log1P(T.Exp(-T.Abs(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.Create(1) / (T.Create(1) + T.Exp(x));
}
