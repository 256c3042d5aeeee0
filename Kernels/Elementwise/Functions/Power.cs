using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>aᵇ, with the special values of C: x⁰ = 1 and 1ˣ = 1 also for NaN; NaN for a negative base with a broken exponent.</summary>
/// <remarks>∂a = b · aᵇ⁻¹, and 0 for b = 0; ∂b = aᵇ · log a, and 0 for a ≤ 0.</remarks>
public readonly struct Power : IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "power";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.Pow(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T>
    {
        var zero = T.Create(0);
        // b · 0ᵇ⁻¹ would be NaN for b = 0, where the function is constant.
        return T.WhereEqual(b, zero, zero, b * T.Pow(a, b - T.Create(1)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T>
    {
        var zero = T.Create(0);
        // Without a logarithm the derivative is 0, as in TensorFlow.
        return T.WhereLessOrEqual(a, zero, zero, y * T.Log(a));
    }
}
