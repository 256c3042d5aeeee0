namespace GpuKeras;

/// <summary>A new axis of size 1; shares memory with the input.</summary>
/// <param name="axis">Where; a negative one counts from the end of the result.</param>
internal sealed class ExpandDimsOp(int axis) : ViewOp
{
    /// <inheritdoc/>
    public override string Name => "expand_dims";

    internal override object?[] Parameters => [axis];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var rank = inputs[0].Rank;
        if (axis < -rank - 1 || axis > rank)
            throw new ShapeException(Name, $"the axis must lie in {-rank - 1} to {rank}", $"axis {axis}, input {inputs[0]}");
        return inputs[0].Insert(axis, 1);
    }
}

public partial class Tensor
{
    /// <summary>This tensor with a new axis of size 1; shares memory with it.</summary>
    /// <param name="axis">Where the axis goes; −1 appends it.</param>
    /// <exception cref="ShapeException">There is no such place.</exception>
    public Tensor ExpandDims(int axis) => new ExpandDimsOp(axis).Apply(this);
}
