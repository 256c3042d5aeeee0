using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>Slices along an axis, chosen by number: x <c>[a…, n, b…]</c>, indices <c>[i…]</c> → <c>[a…, i…, b…]</c>.</summary>
/// <param name="axis">The axis.</param>
internal sealed class GatherOp(int axis) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "gather";

    internal override object?[] Parameters => [axis];

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var at = AxisList.Resolve(Name, inputs[0], axis);
        return inputs[0][..at].Concat(inputs[1]).Concat(inputs[0][(at + 1)..]);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (x, at) = (inputs[0], inputs[0].Shape.Axis(axis));
        var (outer, inner) = (Strides.Product(x.Shape, 0, at), Strides.Product(x.Shape, at + 1, x.Rank));
        if (inputs[1].DType == DType.Int32)
            output.Device.Run(new GatherKernel<T, int>(x.View<T>(), inputs[1].View<int>(), output.View<T>(), outer, x.Shape[at], inner));
        else
            output.Device.Run(new GatherKernel<T, long>(x.View<T>(), inputs[1].View<long>(), output.View<T>(), outer, x.Shape[at], inner));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var shape = context.Inputs[0].Shape;
        context[0] = new ScatterOp(shape.Axis(axis), shape[shape.Axis(axis)]).Apply(context.Gradient, context.Inputs[1]);
    }
}

public partial class Tensor
{
    /// <summary>Slices along an axis, chosen by number: the axis is replaced by the indices' axes.</summary>
    /// <param name="indices">Whole numbers from 0 to the axis' size − 1, of any shape.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="IndexOutOfRangeException">An index is out of range; the message names it and the limit.</exception>
    public Tensor Gather(Tensor indices, int axis = 0) => new GatherOp(axis).Apply(this, AsIndices(indices));

    private static Tensor AsIndices(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return indices.DType is DType.Int32 or DType.Int64 ? indices : indices.Cast(DType.Int32);
    }
}
