using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>Running sums along an axis.</summary>
internal sealed class CumulativeSumOp(int axis, bool exclusive, bool reverse) : NumericOp
{
    /// <inheritdoc/>
    public override string Name => "cumulative_sum";

    internal override object?[] Parameters => [axis, exclusive, reverse];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        AxisList.Resolve(Name, inputs[0], axis);
        return inputs[0];
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (shape, at) = (output.Shape, output.Shape.Axis(axis));
        output.Device.Run(new CumulativeSumKernel<T>(
            inputs[0].View<T>(), output.View<T>(), Strides.Product(shape, 0, at), shape[at], Strides.Product(shape, at + 1, shape.Rank),
            exclusive, reverse));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = context.Gradient.CumulativeSum(axis, exclusive, !reverse);
}

public partial class Tensor
{
    /// <summary>Running sums along an axis.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="exclusive">Whether an element's own value is left out, so that the first sum is 0.</param>
    /// <param name="reverse">Whether the sums run from the end.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor CumulativeSum(int axis = 0, bool exclusive = false, bool reverse = false) =>
        new CumulativeSumOp(axis, exclusive, reverse).Apply(this);
}
