using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>Σ t · (log Σ exp(x) − x) along the last axis: logits and targets <c>[…, classes]</c> → loss <c>[…]</c>.</summary>
internal sealed class CrossEntropyOp : RowOp
{
    /// <summary>The operation has no parameters.</summary>
    public static CrossEntropyOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "cross_entropy";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => base.InferShape(inputs).Remove(-1);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (rows, classes) = RowsOf(inputs[0]);
        output.Device.Run(new CrossEntropyKernel<T>(inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>(), rows, classes));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (logits, targets, g) = (context.Inputs[0], context.Inputs[1], context.Gradient);
        if (context.Needs(0))
            context[0] = CrossEntropyGradientOp.Instance.Apply(logits, targets, g);
        if (context.Needs(1))
            context[1] = -(logits.LogSoftmax() * g.ExpandDims(-1));
    }
}

public partial class Tensor
{
    /// <summary>Cross-entropy of these logits with class probabilities t: Σ t · (log Σ exp(x) − x) along the last axis.</summary>
    /// <param name="targets">The probabilities, of the logits' shape <c>[…, classes]</c>; they need not sum to 1.</param>
    /// <returns>The loss of each row, <c>[…]</c>.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public Tensor CrossEntropy(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return CrossEntropyOp.Instance.Apply(this, targets.DType == DType ? targets : targets.Cast(DType));
    }
}
