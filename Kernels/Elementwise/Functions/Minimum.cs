using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>The smaller of a and b; NaN if either is NaN.</summary>
/// <remarks>Where both are equal the whole gradient goes to a.</remarks>
public readonly struct Minimum : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "minimum";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.WhereLessOrEqual(a, b, T.Create(1), T.Create(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.WhereLessOrEqual(a, b, T.Create(0), T.Create(1));
}
