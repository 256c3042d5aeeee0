using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>The maximum of every window. NaN counts as larger than any number; padding does not take part.</summary>
/// <remarks>The gradient goes to the first of equal maxima. Where they were is kept if a tape follows the input.</remarks>
/// <param name="options">Window, strides and padding.</param>
internal sealed class MaxPoolOp(PoolingOptions options) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => $"max_pool{options.SpatialAxes}d";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => options.OutputShape(Name, inputs[0]);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var x = inputs[0];
        if (!GradientTape.FollowsAny(inputs, output))
        {
            output.Device.Run(new MaxPoolKernel<T>(x.View<T>(), output.View<T>(), default, options.Sizes(x.Shape)));
            return;
        }
        var places = Tensor.Empty(output.Shape, output.DType, output.Device);
        output.Saved = [places];
        output.Device.Run(new MaxPoolKernel<T>(x.View<T>(), output.View<T>(), places.View<T>(), options.Sizes(x.Shape)));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = new MaxPoolScatterOp(options, context.Inputs[0].Shape).Apply(context.Gradient, context.Saved[0]);
}
