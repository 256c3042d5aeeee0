using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>The nearest integer; halves go to the even one. The derivative is 0 everywhere, also at the jumps.</summary>
public readonly struct Round : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "round";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Round(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.Create(0);
}
