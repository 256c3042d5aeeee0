namespace GpuKeras.Kernels.Elementwise;

/// <summary>∂f/∂a as a function of its own; its own partial derivatives come from dual lanes.</summary>
/// <typeparam name="TFunction">The function f.</typeparam>
public readonly struct PartialAOf<TFunction> : IDifferentiableBinaryFunction
    where TFunction : struct, IDifferentiableBinaryFunction
{
    /// <inheritdoc/>
    public static string Name { get; } = TFunction.Name + "_partial_a";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => default(TFunction).PartialA(a, b, default(TFunction).Value(a, b));

    /// <inheritdoc/>
    public T PartialA<T>(T a, T b, T y)
        where T : struct, ILane<T> => Value(new DualLane<T>(a, T.Create(1)), new DualLane<T>(b, T.Create(0))).Tangent;

    /// <inheritdoc/>
    public T PartialB<T>(T a, T b, T y)
        where T : struct, ILane<T> => Value(new DualLane<T>(a, T.Create(0)), new DualLane<T>(b, T.Create(1))).Tangent;
}
