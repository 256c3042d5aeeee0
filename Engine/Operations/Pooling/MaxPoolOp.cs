using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>The maximum of every window. NaN counts as larger than any number; padding does not take part.</summary>
/// <remarks>The gradient goes to the first of equal maxima. Where they were is found again in the backward pass and not kept.</remarks>
/// <param name="options">Window, strides and padding.</param>
internal sealed class MaxPoolOp(PoolingOptions options) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => $"max_pool{options.SpatialAxes}d";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => options.OutputShape(Name, inputs[0]);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new MaxPoolKernel<T>(inputs[0].View<T>(), output.View<T>(), default, options.Sizes(inputs[0].Shape)));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var positions = new MaxPoolPositionsOp(options).Apply(context.Inputs[0]);
        context[0] = new MaxPoolScatterOp(options, context.Inputs[0].Shape).Apply(context.Gradient, positions);
    }
}
