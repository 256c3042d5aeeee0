using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>
/// Sums of slices by number, over zeros: updates <c>[a…, i…, b…]</c>, indices <c>[i…]</c> → <c>[a…, size, b…]</c>. The gradient of
/// gather.
/// </summary>
/// <param name="axis">The first of the updates' axes that stand for the indices; not negative.</param>
/// <param name="size">The size of the axis that they are summed into.</param>
internal sealed class ScatterOp(int axis, int size) : NumericOp
{
    /// <inheritdoc/>
    public override string Name => "scatter_add";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (updates, indices) = (inputs[0], inputs[1]);
        if (axis + indices.Rank > updates.Rank || updates.Slice(axis, indices.Rank) != indices)
            throw new ShapeException(
                Name, $"the updates' axes from {axis} on must be the indices'", $"updates {updates}, indices {indices}");
        return updates[..axis].Insert(axis, size).Concat(updates[(axis + indices.Rank)..]);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        output.FillWith(0);
        var (outer, inner) = (Strides.Product(output.Shape, 0, axis), Strides.Product(output.Shape, axis + 1, output.Rank));
        if (inputs[1].DType == DType.Int32)
            output.Device.Run(
                new ScatterAddKernel<T, int>(output.View<T>(), inputs[1].View<int>(), inputs[0].View<T>(), outer, size, inner));
        else
            output.Device.Run(
                new ScatterAddKernel<T, long>(output.View<T>(), inputs[1].View<long>(), inputs[0].View<T>(), outer, size, inner));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) => context[0] = context.Gradient.Gather(context.Inputs[1], axis);
}

public partial class Tensor
{
    /// <summary>This tensor plus slices added at the given numbers of an axis; numbers that come twice add twice.</summary>
    /// <param name="indices">Whole numbers from 0 to the axis' size − 1, of any shape.</param>
    /// <param name="updates">The slices: this tensor's shape with the axis replaced by the indices' axes.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">The shape of the updates does not fit.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is out of range; the message names it and the limit.</exception>
    /// <remarks>Additions keep the order of the indices, so the result does not depend on the number of threads.</remarks>
    public Tensor ScatterAdd(Tensor indices, Tensor updates, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(updates);
        var at = AxisList.Resolve("scatter_add", Shape, axis);
        var places = AsIndices(indices);
        return updates.Shape == Shape[..at].Concat(places.Shape).Concat(Shape[(at + 1)..])
            ? this + new ScatterOp(at, Shape[at]).Apply(updates, places)
            : throw new ShapeException(
                "scatter_add", "updates must have the input's shape with the axis replaced by the indices' axes",
                $"input {Shape}, indices {indices.Shape}, updates {updates.Shape}");
    }
}
