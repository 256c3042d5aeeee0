using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x / (|x| + 1).</summary>
public readonly struct Softsign : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "softsign";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => x / (T.Abs(x) + T.Create(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var denominator = T.Abs(x) + T.Create(1);
        return T.Create(1) / (denominator * denominator);
    }
}
