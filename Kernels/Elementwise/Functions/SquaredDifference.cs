using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>(a − b)².</summary>
public readonly struct SquaredDifference : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "squared_difference";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T>
    {
        var difference = a - b;
        return difference * difference;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.Create(2) * (a - b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.Create(2) * (b - a);
}
