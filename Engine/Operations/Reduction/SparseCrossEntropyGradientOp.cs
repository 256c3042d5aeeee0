using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>(softmax(x) − one-hot(label)) · g: the gradient of <see cref="SparseCrossEntropyOp"/>, which has checked the labels.</summary>
internal sealed class SparseCrossEntropyGradientOp : FloatingPointOp
{
    /// <summary>The operation has no parameters.</summary>
    public static SparseCrossEntropyGradientOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "sparse_cross_entropy_gradient";

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => base.InferDType(inputs[..1]);

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new SparseCrossEntropyGradientKernel<T>(
            inputs[0].View<T>(), inputs[1].View<int>(), inputs[2].View<T>(), output.View<T>(), inputs[1].Size, output.Shape[^1],
            areChecked: true));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (logits, labels, g, u) = (context.Inputs[0], context.Inputs[1], context.Inputs[2], context.Gradient);
        var p = logits.Softmax();
        if (context.Needs(0))
            context[0] = SoftmaxGradientOp.Instance.Apply(p, u * g.ExpandDims(-1));
        if (context.Needs(2))
            context[2] = (u * (p - labels.OneHot(logits.Shape[^1], dtype: logits.DType))).Sum(-1);
    }
}
