using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>The larger of a and b; NaN if either is NaN.</summary>
/// <remarks>Where both are equal the whole gradient goes to a.</remarks>
public readonly struct Maximum : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "maximum";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.WhereLessOrEqual(b, a, T.Create(1), T.Create(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.WhereLessOrEqual(b, a, T.Create(0), T.Create(1));
}
