namespace GpuKeras;

/// <summary>A constant around the tensor.</summary>
/// <param name="padding">How many elements before and behind each axis.</param>
/// <param name="value">The constant.</param>
internal sealed class PadOp((int Before, int After)[] padding, double value) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "pad";

    internal override object?[] Parameters => [padding, value];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var shape = inputs[0];
        if (padding.Length != shape.Rank)
            throw new ShapeException(Name, "needs one pair of sizes for each axis", $"{padding.Length} pairs, input {shape}");
        Span<int> sizes = stackalloc int[shape.Rank];
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (padding[axis].Before < 0 || padding[axis].After < 0)
                throw new ShapeException(
                    Name, "sizes must not be negative", $"{padding[axis]} for axis {axis}, input {shape}", "Slice takes elements away");
            sizes[axis] = padding[axis].Before + shape[axis] + padding[axis].After;
        }
        return new Shape(sizes);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var strides = Strides.Of(output.Shape);
        var offset = 0L;
        for (var axis = 0; axis < padding.Length; axis++)
            offset += (long)padding[axis].Before * strides[axis];
        output.FillWith(value);
        Strides.Copy<T>(inputs[0], output, inputs[0].Shape, Strides.Of(inputs[0].Shape), strides, targetOffset: offset);
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var gradient = context.Gradient;
        for (var axis = 0; axis < padding.Length; axis++)
        {
            if (padding[axis] != (0, 0))
                gradient = gradient.Slice(axis, padding[axis].Before..^padding[axis].After);
        }
        context[0] = gradient;
    }
}

public partial class Tensor
{
    /// <summary>A constant around the tensor.</summary>
    /// <param name="padding">How many elements before and behind each axis, one pair for each.</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ShapeException">There is not one pair for each axis, or a size is negative.</exception>
    public Tensor Pad((int Before, int After)[] padding, double value = 0)
    {
        ArgumentNullException.ThrowIfNull(padding);
        return new PadOp(padding, value).Apply(this);
    }
}
