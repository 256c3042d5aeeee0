using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x − tanh(x).</summary>
public readonly struct TanhShrink : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "tanh_shrink";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => x - T.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var tangent = T.Tanh(x);
        return tangent * tangent;
    }
}
