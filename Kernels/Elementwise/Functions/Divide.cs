using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>a / b: a float quotient, or for integers the quotient rounded down (0 when dividing by 0).</summary>
public readonly struct Divide : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "divide";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => T.Create(1) / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => -y / b;
}
