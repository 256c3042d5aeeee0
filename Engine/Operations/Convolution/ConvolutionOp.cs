using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(x ∗ filter + bias). Inputs: x, filter and, if there is one, the bias <c>[filters]</c>.</summary>
/// <typeparam name="TActivation">f, whose derivative must be the same at x and at f(x): the identity or relu.</typeparam>
/// <param name="options">Strides, dilation, padding and groups.</param>
internal sealed class ConvolutionOp<TActivation>(ConvolutionOptions options) : FloatingPointOp
    where TActivation : struct, IDifferentiableFunction
{
    /// <inheritdoc/>
    public override string Name => $"{(options.Groups == 0 ? "depthwise_" : "")}conv{options.SpatialAxes}d";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var plan = options.Plan(Name, inputs[0], inputs[1]);
        if (inputs.Length > 2 && (inputs[2].Rank != 1 || inputs[2][0] != plan.Output[^1]))
            throw new ShapeException(
                Name, "the bias must have one element for each filter", $"input {inputs[0]}, kernel {inputs[1]}, bias {inputs[2]}");
        return plan.Output;
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        ConvolutionForwardOp.Run(
            options.Plan(Name, inputs[0].Shape, inputs[1].Shape),
            inputs[0].View<T>(),
            inputs[1].View<T>(),
            inputs.Length > 2 ? inputs[2].View<T>() : default,
            output,
            default(TActivation));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (x, filter) = (context.Inputs[0], context.Inputs[1]);
        var plan = options.Plan(Name, x.Shape, filter.Shape);
        var gradient = FusedActivation<TActivation>.Gradient(context);
        if (context.Needs(0))
            context[0] = new ConvolutionInputGradientOp(plan).Apply(gradient, filter);
        if (context.Needs(1))
            context[1] = new ConvolutionFilterGradientOp(plan).Apply(x, gradient);
        if (context.Inputs.Length > 2 && context.Needs(2))
            context[2] = gradient.SumTo(context.Inputs[2].Shape);
    }
}
