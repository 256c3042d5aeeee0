using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>x ↦ f(value, x): a binary function whose first operand is one number, without a tensor for it.</summary>
/// <typeparam name="TFunction">The binary function, one without parameters.</typeparam>
/// <param name="value">The first operand.</param>
public readonly struct BoundLeft<TFunction>(double value) : IDifferentiableFunction
    where TFunction : struct, IDifferentiableBinaryFunction
{
    private readonly double value = value;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => default(TFunction).Value(T.Create(value), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => default(TFunction).PartialB(T.Create(value), x, y);
}
