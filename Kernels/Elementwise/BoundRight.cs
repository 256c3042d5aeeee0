using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>x ↦ f(x, value): a binary function whose second operand is one number, without a tensor for it.</summary>
/// <typeparam name="TFunction">The binary function, one without parameters.</typeparam>
/// <param name="value">The second operand.</param>
public readonly struct BoundRight<TFunction>(double value) : IDifferentiableFunction
    where TFunction : struct, IDifferentiableBinaryFunction
{
    private readonly double value = value;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => default(TFunction).Value(x, T.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => default(TFunction).PartialA(x, T.Create(value), y);
}
