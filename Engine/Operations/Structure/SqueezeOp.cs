namespace GpuKeras;

/// <summary>Axes of size 1 left out; shares memory with the input.</summary>
/// <param name="axes">The axes; none stands for all of size 1.</param>
internal sealed class SqueezeOp(int[] axes) : ViewOp
{
    /// <inheritdoc/>
    public override string Name => "squeeze";

    internal override object?[] Parameters => [axes];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (shape, bits) = (inputs[0], AxisList.Resolve(Name, inputs[0], axes));
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (!AxisList.Contains(bits, axis) || shape[axis] == 1)
                continue;
            if (axes.Length > 0)
                throw new ShapeException(Name, "only an axis of size 1 can go", $"axis {axis}, input {shape}");
            bits &= ~(1u << axis);
        }
        return AxisList.Reduced(shape, bits, keepDims: false);
    }
}

public partial class Tensor
{
    /// <summary>This tensor without axes of size 1; shares memory with it.</summary>
    /// <param name="axes">The axes; none stands for all of size 1.</param>
    /// <exception cref="ShapeException">An axis has another size.</exception>
    public Tensor Squeeze(params int[] axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return new SqueezeOp(axes).Apply(this);
    }
}
