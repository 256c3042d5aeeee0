using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>(softmax(x) · Σ t − t) · g: the gradient of <see cref="CrossEntropyOp"/> with respect to the logits.</summary>
internal sealed class CrossEntropyGradientOp : FloatingPointOp
{
    /// <summary>The operation has no parameters.</summary>
    public static CrossEntropyGradientOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "cross_entropy_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new CrossEntropyGradientKernel<T>(
            inputs[0].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), output.View<T>(), inputs[2].Size, output.Shape[^1]));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (logits, targets, g, u) = (context.Inputs[0], context.Inputs[1], context.Inputs[2].ExpandDims(-1), context.Gradient);
        var (p, mass) = (logits.Softmax(), targets.Sum(-1, keepDims: true));
        if (context.Needs(0))
            context[0] = SoftmaxGradientOp.Instance.Apply(p, u * g * mass);
        if (context.Needs(1))
            context[1] = g * ((u * p).Sum(-1, keepDims: true) - u);
        if (context.Needs(2))
            context[2] = (u * (p * mass - targets)).Sum(-1);
    }
}
