namespace GpuKeras;

/// <summary>Zeros of the slice's input shape, with the gradient where the slice was taken.</summary>
/// <param name="slice">The slice.</param>
/// <param name="input">Its input's shape.</param>
internal sealed class SliceGradientOp(SliceOp slice, Shape input) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "slice_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => input;

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        output.FillWith(0);
        if (inputs[0].Size > 0)
            Strides.Copy<T>(
                inputs[0], output, inputs[0].Shape, Strides.Of(inputs[0].Shape), slice.Stepped(input),
                targetOffset: slice.FirstElement(input));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) => context[0] = slice.Apply(context.Gradient);
}
