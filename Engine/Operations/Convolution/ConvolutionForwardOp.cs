using GpuKeras.Kernels;
using GpuKeras.Kernels.Convolution;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>x ∗ filter for a plan that exists already: inside gradients of convolutions.</summary>
/// <param name="plan">The convolution.</param>
internal sealed class ConvolutionForwardOp(ConvolutionPlan plan) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => "convolution";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => plan.Output;

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        Run<Identity, T>(plan, inputs[0].View<T>(), inputs[1].View<T>(), default, output, default);

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (x, filter) = (context.Inputs[0], context.Inputs[1]);
        if (context.Needs(0))
            context[0] = new ConvolutionInputGradientOp(plan).Apply(context.Gradient, filter);
        if (context.Needs(1))
            context[1] = new ConvolutionFilterGradientOp(plan).Apply(x, context.Gradient);
    }

    /// <summary>Runs the kernel that suits the plan.</summary>
    internal static void Run<TActivation, T>(
        ConvolutionPlan plan, ArrayView<T> x, ArrayView<T> filter, ArrayView<T> bias, Tensor output, TActivation activation)
        where TActivation : struct, IUnaryFunction
        where T : unmanaged
    {
        if (plan.IsDepthwise && bias.Length == 0 && typeof(TActivation) == typeof(Identity))
            output.Device.Run(new DepthwiseConvolutionKernel<T>(x, filter, output.View<T>(), plan.Sizes));
        else
            output.Device.Run(new ConvolutionKernel<TActivation, T>(x, filter, bias, output.View<T>(), plan.Sizes, activation));
    }
}
