using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>min(max(x, 0), 6). The derivative at 0 and at 6 is 0.</summary>
public readonly struct Relu6 : IDerivativeFromResult
{
    /// <inheritdoc/>
    public static string Name => "relu6";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Min(T.Max(x, T.Create(0)), T.Create(6));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        return T.WhereLess(zero, x, T.WhereLess(x, T.Create(6), one, zero), zero);
    }
}
