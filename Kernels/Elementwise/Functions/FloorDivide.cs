using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>⌊a / b⌋; for integers 0 when dividing by 0.</summary>
/// <remarks>The derivative is 0 everywhere, also at the jumps.</remarks>
public readonly struct FloorDivide : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "floor_divide";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.Floor(a / b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.Create(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.Create(0);
}
