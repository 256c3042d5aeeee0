namespace GpuKeras;

/// <summary>The transposed convolution: the input gradient of the convolution that maps the larger image to the smaller one.</summary>
/// <param name="options">The strides, dilation and padding of that convolution.</param>
/// <param name="outputPadding">Elements added at the end of each spatial axis; null for the size that strides and kernel imply.</param>
internal sealed class ConvolutionTransposeOp(ConvolutionOptions options, (int Height, int Width)? outputPadding) : FloatingPointOp
{
    /// <inheritdoc/>
    public override string Name => $"conv{options.SpatialAxes}d_transpose";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Plan(inputs[0], inputs[1]).Input;

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        ConvolutionInputGradientOp.Run<T>(Plan(inputs[0].Shape, inputs[1].Shape), inputs, output);

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (x, filter) = (context.Inputs[0], context.Inputs[1]);
        var plan = Plan(x.Shape, filter.Shape);
        if (context.Needs(0))
            context[0] = new ConvolutionForwardOp(plan).Apply(context.Gradient, filter);
        if (context.Needs(1))
            context[1] = new ConvolutionFilterGradientOp(plan).Apply(context.Gradient, x);
    }

    private ConvolutionPlan Plan(in Shape input, in Shape filter) => options.TransposedPlan(Name, input, filter, outputPadding);
}
