using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>dx = dy · f′(x) for each element: inputs x, y = f(x) and dy, all of one shape and dtype.</summary>
/// <typeparam name="TFunction">The function f.</typeparam>
/// <param name="function">The function with its parameters.</param>
internal sealed class MapGradientOp<TFunction>(TFunction function) : TensorOp
    where TFunction : struct, IDifferentiableFunction
{
    /// <inheritdoc/>
    public override string Name => MapGradientKernel<TFunction, float>.Name;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float64)
            Run<double>(inputs, output);
        else
            Run<float>(inputs, output);
    }

    /// <remarks>
    /// With g the gradient of dx: ∂x = g · dy · f″(x) and ∂dy = g · f′(x). y is a function of x, so ∂x covers it. The second
    /// derivative is the gradient of <see cref="DerivativeOf{TFunction}"/>, which needs no y.
    /// </remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (x, y, dy) = (context.Inputs[0], context.Inputs[1], context.Inputs[2]);
        if (context.Needs(0))
        {
            var second = new MapGradientOp<DerivativeOf<TFunction>>(new DerivativeOf<TFunction>(function));
            context[0] = second.Apply(x, y.StopGradient(), context.Gradient * dy);
        }
        if (context.Needs(2))
            context[2] = Apply(x, y, context.Gradient);
    }

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged =>
        output.Device.Run(new MapGradientKernel<TFunction, T>(
            function, inputs[0].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), output.View<T>()));
}
