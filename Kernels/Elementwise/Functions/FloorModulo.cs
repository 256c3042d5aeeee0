using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>a − ⌊a / b⌋ · b, exactly; it has the sign of b (Python's <c>%</c>).</summary>
/// <remarks>The derivatives are those of the formula between its jumps: 1 and −⌊a / b⌋.</remarks>
public readonly struct FloorModulo : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "floor_modulo";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.FloorModulo(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.Create(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => -T.Floor(a / b);
}
