using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>|x|. The derivative at 0 is 0.</summary>
public readonly struct Abs : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "abs";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        return T.WhereLess(x, zero, -one, T.WhereLess(zero, x, one, x * zero));
    }
}
