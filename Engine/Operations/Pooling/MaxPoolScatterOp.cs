using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>The gradient of a max pooling. Inputs: the output's gradient and the maxima's places in their windows.</summary>
/// <param name="options">Window, strides and padding.</param>
/// <param name="input">The shape of the pooling's input.</param>
internal sealed class MaxPoolScatterOp(PoolingOptions options, Shape input) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "max_pool_scatter";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => input;

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = new MaxPoolGatherOp(options, input).Apply(context.Gradient, context.Inputs[1]);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new MaxPoolScatterKernel<T>(inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>(), options.Sizes(input)));
}
