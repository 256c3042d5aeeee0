namespace GpuKeras;

/// <summary>The same elements in the same order under another shape; shares memory with the input.</summary>
/// <param name="target">The new sizes; at most one may be −1, which stands for what is left.</param>
/// <param name="borrows">Whether to share a variable's memory too.</param>
internal sealed class ReshapeOp(Shape target, bool borrows = false) : TensorOp
{
    /// <inheritdoc/>
    public override string Name => "reshape";

    internal override object?[] Parameters => [target];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var size = inputs[0].Size;
        var known = 1L;
        var open = -1;
        for (var axis = 0; axis < target.Rank; axis++)
        {
            if (target[axis] != Shape.Unknown)
                known *= target[axis];
            else if (open < 0)
                open = axis;
            else
                throw new ShapeException(Name, "at most one size may be -1", $"{target}");
        }
        if (open < 0 ? known != size : known == 0 || size % known != 0)
            throw new ShapeException(
                Name, "the number of elements must stay the same", $"input {inputs[0]} with {size} elements, target {target}");
        return open < 0 ? target : target.With(open, (int)(size / known));
    }

    /// <inheritdoc/>
    protected override Tensor CreateOutput(ReadOnlySpan<Tensor> inputs, in Shape shape, DType dtype) =>
        borrows ? inputs[0].Borrow(shape) : inputs[0].Alias(shape);

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        // The output is a view.
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = context.Gradient.Reshape(context.Inputs[0].Shape);
}

public partial class Tensor
{
    /// <summary>The same elements in the same order under another shape; shares memory with this tensor.</summary>
    /// <param name="shape">The new sizes; at most one may be −1, which stands for what is left.</param>
    /// <exception cref="ShapeException">The number of elements would change.</exception>
    public Tensor Reshape(Shape shape) => new ReshapeOp(shape).Apply(this);

    /// <summary>
    /// <see cref="Reshape"/> for an operation that reads the elements at once: a variable's are not copied, so that the result changes
    /// with it.
    /// </summary>
    internal Tensor ReshapeNow(Shape shape) => new ReshapeOp(shape, borrows: true).Apply(this);
}
