using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>
/// The elements that a max pooling chose: the gradient of its gradient. Inputs: the elements and the places of the maxima in their windows.
/// </summary>
/// <param name="options">Window, strides and padding.</param>
/// <param name="input">The shape of the pooling's input.</param>
internal sealed class MaxPoolGatherOp(PoolingOptions options, Shape input) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "max_pool_gather";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => options.OutputShape(Name, inputs[0]);

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = new MaxPoolScatterOp(options, input).Apply(context.Gradient, context.Inputs[1]);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new MaxPoolGatherKernel<T>(inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>(), options.Sizes(input)));
}
