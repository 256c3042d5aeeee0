using GpuKeras.Kernels.Convolution;

namespace GpuKeras;

/// <summary>The gradient of a convolution with respect to its input, from the output's gradient and the filter.</summary>
/// <param name="plan">The convolution.</param>
internal sealed class ConvolutionInputGradientOp(ConvolutionPlan plan) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "convolution_input_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => plan.Input;

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) => Run<T>(plan, inputs, output);

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (dy, filter) = (context.Inputs[0], context.Inputs[1]);
        if (context.Needs(0))
            context[0] = new ConvolutionForwardOp(plan).Apply(context.Gradient, filter);
        if (context.Needs(1))
            context[1] = new ConvolutionFilterGradientOp(plan).Apply(context.Gradient, dy);
    }

    /// <summary>Runs the kernel that suits the plan.</summary>
    internal static void Run<T>(ConvolutionPlan plan, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged
    {
        var (dy, filter, dx) = (inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>());
        if (plan.IsDepthwise)
            output.Device.Run(new DepthwiseInputGradientKernel<T>(dy, filter, dx, plan.Sizes));
        else
            output.Device.Run(new ConvolutionInputGradientKernel<T>(dy, filter, dx, plan.Sizes));
    }
}
