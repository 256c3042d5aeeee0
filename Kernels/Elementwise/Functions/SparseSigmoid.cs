using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>0 up to −1, (x + 1) / 2 between, 1 from 1. The derivative at −1 and 1 is 0.</summary>
public readonly struct SparseSigmoid : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "sparse_sigmoid";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> =>
        T.Min(T.Max(T.Create(0.5) * (x + T.Create(1)), T.Create(0)), T.Create(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Abs(x), T.Create(1), T.Create(0.5), T.Create(0));
}
