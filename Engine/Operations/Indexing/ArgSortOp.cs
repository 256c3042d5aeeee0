using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>The positions that sort the last axis, the first <paramref name="taken"/> of them; −1 for all.</summary>
internal sealed class ArgSortOp(int taken, bool descending) : NumericOp
{
    /// <inheritdoc/>
    public override string Name => taken < 0 ? "arg_sort" : "top_k";

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs)
    {
        base.InferDType(inputs);
        return DType.Int32;
    }

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0].Rank == 0 || taken > inputs[0][^1])
            throw new ShapeException(Name, "the last axis must hold at least k elements", $"k = {taken}, input {inputs[0]}");
        return taken < 0 ? inputs[0] : inputs[0].WithLast(taken);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var shape = inputs[0].Shape;
        output.Device.Run(new SortKernel<T>(
            inputs[0].View<T>(), output.View<int>(), Strides.Product(shape, 0, shape.Rank - 1), shape[^1], output.Shape[^1], descending));
    }
}

public partial class Tensor
{
    /// <summary>
    /// The positions that put an axis in order, int32. Equal elements keep their order; NaN counts as larger than all numbers.
    /// </summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    public Tensor ArgSort(int axis = -1, bool descending = false) =>
        AlongLast("arg_sort", axis, x => new ArgSortOp(-1, descending).Apply(x));

    /// <summary>The elements along an axis in order. NaN counts as larger than all numbers.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    public Tensor Sort(int axis = -1, bool descending = false) => TakeAlongAxis(ArgSort(axis, descending), axis);

    /// <summary>The k largest elements along the last axis, largest first, and their positions (int32).</summary>
    /// <param name="k">How many.</param>
    /// <exception cref="ShapeException">The last axis holds fewer.</exception>
    public (Tensor Values, Tensor Indices) TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var indices = new ArgSortOp(k, descending: true).Apply(this);
        return (TakeAlongAxis(indices), indices);
    }
}
