using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>The mean of every window; padding is not counted.</summary>
/// <param name="options">Window, strides and padding.</param>
internal sealed class AveragePoolOp(PoolingOptions options) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => $"average_pool{options.SpatialAxes}d";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => options.OutputShape(Name, inputs[0]);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new AveragePoolKernel<T>(inputs[0].View<T>(), output.View<T>(), options.Sizes(inputs[0].Shape)));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = new AveragePoolGradientOp(options, context.Inputs[0].Shape).Apply(context.Gradient);
}
