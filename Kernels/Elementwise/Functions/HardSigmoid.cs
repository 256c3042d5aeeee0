using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x / 6 + 1/2 limited to [0, 1]. The derivative at −3 and 3 is 0.</summary>
public readonly struct HardSigmoid : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "hard_sigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> =>
        T.Min(T.Max(x * T.Create(1 / 6.0) + T.Create(0.5), T.Create(0)), T.Create(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Abs(x), T.Create(3), T.Create(1 / 6.0), T.Create(0));
}
