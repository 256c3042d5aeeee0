namespace GpuKeras.Kernels.Elementwise;

/// <summary>f′ as a function of its own, so that gradients of gradients need no further formulas.</summary>
/// <typeparam name="TFunction">The function f.</typeparam>
/// <param name="function">The function with its parameters.</param>
/// <remarks>
/// The second derivative is f′ evaluated on dual lanes; <c>DerivativeOf&lt;DerivativeOf&lt;F&gt;&gt;</c> is f″, and so on.
/// </remarks>
public readonly struct DerivativeOf<TFunction>(TFunction function) : IDifferentiableFunction
    where TFunction : struct, IDifferentiableFunction
{
    private readonly TFunction function = function;

    /// <inheritdoc/>
    public static string Name { get; } = TFunction.Name + "_derivative";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : struct, ILane<T> => function.Derivative(x, function.Value(x));

    /// <inheritdoc/>
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var variable = new DualLane<T>(x, T.Create(1));
        return function.Derivative(variable, function.Value(variable)).Tangent;
    }
}
