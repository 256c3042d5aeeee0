using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>The largest integer not above x. The derivative is 0 everywhere, also at the jumps.</summary>
public readonly struct Floor : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "floor";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Floor(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.Create(0);
}
