using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>0 up to −1, (x + 1)² / 4 between, x from 1 (Kamalov 2025, the smooth part of sparsemax).</summary>
public readonly struct SparsePlus : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "sparse_plus";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T>
    {
        var one = T.Create(1);
        var shifted = x + one;
        var middle = T.WhereLess(x, one, T.Create(0.25) * shifted * shifted, x);
        return T.WhereLessOrEqual(x, -one, T.Create(0), middle);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> =>
        T.Min(T.Max(T.Create(0.5) * (x + T.Create(1)), T.Create(0)), T.Create(1));
}
