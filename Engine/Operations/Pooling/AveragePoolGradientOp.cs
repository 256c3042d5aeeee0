using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>The gradient of an average pooling, which is linear: its own gradient is the pooling.</summary>
/// <param name="options">Window, strides and padding.</param>
/// <param name="input">The shape of the pooling's input.</param>
internal sealed class AveragePoolGradientOp(PoolingOptions options, Shape input) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "average_pool_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => input;

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new AveragePoolGradientKernel<T>(inputs[0].View<T>(), output.View<T>(), options.Sizes(input)));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = new AveragePoolOp(options).Apply(context.Gradient);
}
