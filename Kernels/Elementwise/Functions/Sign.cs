using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>−1, 0 or 1; NaN stays NaN. The derivative is 0 everywhere, also at the jump.</summary>
public readonly struct Sign : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "sign";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T>
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        return T.WhereLess(x, zero, -one, T.WhereLess(zero, x, one, x));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.Create(0);
}
