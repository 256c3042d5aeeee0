using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>
/// log Σ exp(x) − x[label] along the last axis: logits <c>[…, classes]</c>, labels <c>[…]</c> of int32 → loss <c>[…]</c>.
/// </summary>
/// <param name="areChecked">Whether the labels have been checked.</param>
internal sealed class SparseCrossEntropyOp(bool areChecked) : FloatingPointOp
{
    /// <summary>Checks the labels.</summary>
    public static SparseCrossEntropyOp Instance { get; } = new(areChecked: false);

    /// <summary>For labels that the caller has checked.</summary>
    public static SparseCrossEntropyOp OfChecked { get; } = new(areChecked: true);

    /// <inheritdoc/>
    public override string Name => "sparse_cross_entropy";

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => base.InferDType(inputs[..1]);

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (logits, labels) = (inputs[0], inputs[1]);
        if (logits.Rank == 0 || labels != logits.Remove(-1))
            throw new ShapeException(
                Name, "labels must have the shape of the logits without the last axis", $"logits {logits}, labels {labels}");
        return labels;
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new SparseCrossEntropyKernel<T>(
            inputs[0].View<T>(), inputs[1].View<int>(), output.View<T>(), output.Size, inputs[0].Shape[^1], areChecked));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = SparseCrossEntropyGradientOp.Instance.Apply(context.Inputs[0], context.Inputs[1], context.Gradient);
}

public partial class Tensor
{
    /// <summary>Cross-entropy of these logits with class numbers: log Σ exp(x) − x[label] along the last axis.</summary>
    /// <param name="labels">The class of each row, <c>[…]</c>, of any dtype that holds whole numbers.</param>
    /// <returns>The loss of each row, <c>[…]</c> for logits <c>[…, classes]</c>.</returns>
    /// <exception cref="ShapeException">The shape of the labels is not that of the logits without the last axis.</exception>
    /// <exception cref="IndexOutOfRangeException">A label is not below the number of classes, or is negative.</exception>
    public Tensor SparseCrossEntropy(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return SparseCrossEntropyOp.Instance.Apply(this, labels.DType == DType.Int32 ? labels : labels.Cast(DType.Int32));
    }
}
