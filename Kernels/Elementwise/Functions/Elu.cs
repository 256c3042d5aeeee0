using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>Exponential linear unit: x above 0, α·(eˣ − 1) below. The derivative at 0 is α (Clevert 2015, arXiv:1511.07289).</summary>
/// <param name="alpha">The limit towards −∞, negated; Keras' default is 1.</param>
public readonly struct Elu(double alpha) : IDifferentiableFunction
{
    private readonly double alpha = alpha;

    /// <inheritdoc/>
    public static string Name => "elu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereLess(T.Create(0), x, x, T.Create(alpha) * T.ExpM1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Create(0), x, T.Create(1), y + T.Create(alpha));
}
