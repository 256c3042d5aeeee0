using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x limited to [−1, 1]. The derivative at −1 and 1 is 0.</summary>
public readonly struct HardTanh : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "hard_tanh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Min(T.Max(x, T.Create(-1)), T.Create(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Abs(x), T.Create(1), T.Create(1), T.Create(0));
}
