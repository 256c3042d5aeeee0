namespace GpuKeras;

/// <summary>An operation that renames memory: the same elements in the same order under another shape.</summary>
internal abstract class ViewOp : TensorOp
{
    /// <inheritdoc/>
    protected sealed override Tensor CreateOutput(ReadOnlySpan<Tensor> inputs, in Shape shape, DType dtype) => inputs[0].Alias(shape);

    /// <inheritdoc/>
    protected sealed override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        // The output is a view.
    }

    /// <inheritdoc/>
    protected internal sealed override void Backward(BackwardContext context) =>
        context[0] = context.Gradient.Reshape(context.Inputs[0].Shape);
}
