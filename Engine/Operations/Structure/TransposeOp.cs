namespace GpuKeras;

/// <summary>The axes in another order: axis i of the output is axis <c>order[i]</c> of the input.</summary>
internal sealed class TransposeOp(int[] order) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "transpose";

    internal override object?[] Parameters => [order];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var shape = inputs[0];
        var bits = AxisList.Resolve(Name, shape, order);
        if (order.Length != shape.Rank || (order.Length > 0 && bits != (1u << shape.Rank) - 1))
            throw new ShapeException(Name, "the order must name each axis once", $"order [{string.Join(", ", order)}], input {shape}");
        Span<int> sizes = stackalloc int[shape.Rank];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = shape[shape.Axis(order[i])];
        return new Shape(sizes);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (x, strides) = (inputs[0], Strides.Of(inputs[0].Shape));
        var permuted = output.Shape.Extents;
        for (var i = 0; i < order.Length; i++)
            permuted[i] = strides[x.Shape.Axis(order[i])];
        Strides.Copy<T>(x, output, output.Shape, permuted, Strides.Of(output.Shape));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            inverse[context.Inputs[0].Shape.Axis(order[i])] = i;
        context[0] = context.Gradient.Transpose(inverse);
    }
}

public partial class Tensor
{
    /// <summary>The axes in another order; without arguments, in reverse.</summary>
    /// <param name="order">Axis i of the result is axis <c>order[i]</c> of this tensor.</param>
    /// <exception cref="ShapeException">The order does not name each axis once.</exception>
    public Tensor Transpose(params int[] order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Length > 0 || Rank == 0)
            return new TransposeOp(order).Apply(this);
        var reversed = new int[Rank];
        for (var i = 0; i < Rank; i++)
            reversed[i] = Rank - 1 - i;
        return new TransposeOp(reversed).Apply(this);
    }
}
