namespace GpuKeras;

/// <summary>Repeats axes of size 1, and adds leading axes, until the tensor has the target's shape (NumPy's rule).</summary>
/// <param name="target">The sizes; −1 keeps the input's.</param>
internal sealed class BroadcastToOp(Shape target) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "broadcast_to";

    internal override object?[] Parameters => [target];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (shape, added) = (inputs[0], target.Rank - inputs[0].Rank);
        if (added < 0)
            throw new ShapeException(Name, "the target must not have fewer axes", $"input {shape}, target {target}");
        var result = target;
        for (var axis = 0; axis < target.Rank; axis++)
        {
            var own = axis < added ? 1 : shape[axis - added];
            if (target[axis] == Shape.Unknown)
                result = result.With(axis, own);
            else if (own != 1 && own != target[axis])
                throw new ShapeException(Name, "a size must be 1 or the target's", $"axis {axis}, input {shape}, target {target}");
        }
        return result;
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (x, own, added) = (inputs[0], Strides.Of(inputs[0].Shape), output.Rank - inputs[0].Rank);
        var strides = output.Shape.Extents;
        for (var axis = 0; axis < output.Rank; axis++)
            strides[axis] = axis < added || x.Shape[axis - added] == 1 ? 0 : own[axis - added];
        Strides.Copy<T>(x, output, output.Shape, strides, Strides.Of(output.Shape));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) => context[0] = context.Gradient.SumTo(context.Inputs[0].Shape);
}

public partial class Tensor
{
    /// <summary>Repeats axes of size 1, and adds leading axes, until the tensor has the target's shape.</summary>
    /// <param name="shape">The sizes; −1 keeps this tensor's.</param>
    /// <exception cref="ShapeException">A size is neither 1 nor the target's.</exception>
    public Tensor BroadcastTo(Shape shape) => Shape == shape ? this : new BroadcastToOp(shape).Apply(this);

    /// <summary>The whole tensor several times along each axis: <c>[a, b].Tile(2)</c> is <c>[a, b, a, b]</c>.</summary>
    /// <param name="repeats">How often along each axis, one number for each.</param>
    /// <exception cref="ShapeException">There is not one number for each axis, or one is negative.</exception>
    public Tensor Tile(params ReadOnlySpan<int> repeats)
    {
        if (repeats.Length != Rank)
            throw new ShapeException("tile", "needs one number for each axis", $"{repeats.Length} numbers, input {Shape}");
        var result = this;
        for (var axis = 0; axis < Rank; axis++)
        {
            if (repeats[axis] != 1)
                result = result.Multiply("tile", axis, repeats[axis], newAxis: axis);
        }
        return result;
    }

    /// <summary>Each slice along an axis several times in a row: <c>[a, b].Repeat(2, 0)</c> is <c>[a, a, b, b]</c>.</summary>
    /// <param name="repeats">How often.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">There is no such axis, or the number is negative.</exception>
    public Tensor Repeat(int repeats, int axis)
    {
        var at = AxisList.Resolve("repeat", Shape, axis);
        return Multiply("repeat", at, repeats, newAxis: at + 1);
    }

    // A new axis of size 1 is broadcast, and becomes one with the axis beside it.
    private Tensor Multiply(string operation, int axis, int times, int newAxis)
    {
        if (times < 0)
            throw new ShapeException(operation, "numbers must not be negative", $"{times}, input {Shape}");
        Span<int> sizes = stackalloc int[Rank + 1];
        sizes.Fill(Shape.Unknown);
        sizes[newAxis] = times;
        return new MergeAxesOp(axis).Apply(ExpandDims(newAxis).BroadcastTo(new Shape(sizes)));
    }
}
