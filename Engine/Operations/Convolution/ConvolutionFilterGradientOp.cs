using GpuKeras.Kernels.Convolution;

namespace GpuKeras;

/// <summary>The gradient of a convolution with respect to its filter, from the input and the output's gradient.</summary>
/// <param name="plan">The convolution.</param>
internal sealed class ConvolutionFilterGradientOp(ConvolutionPlan plan) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "convolution_filter_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => plan.Filter;

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (x, dy, gradient) = (inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>());
        if (plan.IsDepthwise)
            output.Device.Run(new DepthwiseFilterGradientKernel<T>(x, dy, gradient, plan.Sizes));
        else
            output.Device.Run(new ConvolutionFilterGradientKernel<T>(x, dy, gradient, plan.Sizes));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (x, dy) = (context.Inputs[0], context.Inputs[1]);
        if (context.Needs(0))
            context[0] = new ConvolutionInputGradientOp(plan).Apply(dy, context.Gradient);
        if (context.Needs(1))
            context[1] = new ConvolutionForwardOp(plan).Apply(x, context.Gradient);
    }
}
