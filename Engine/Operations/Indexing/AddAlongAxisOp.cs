using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>Sums of elements by number along an axis, over zeros: the gradient of <see cref="TakeAlongAxisOp"/>, which has checked the indices.</summary>
/// <param name="axis">The axis; not negative.</param>
/// <param name="size">The axis' size in the result.</param>
internal sealed class AddAlongAxisOp(int axis, int size) : NumericOp
{
    /// <inheritdoc/>
    public override string Name => "add_along_axis";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0].With(axis, size);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        output.FillWith(0);
        var (updates, shape) = (inputs[0], inputs[0].Shape);
        var (outer, count, inner) = (Strides.Product(shape, 0, axis), shape[axis], Strides.Product(shape, axis + 1, shape.Rank));
        if (inputs[1].DType == DType.Int32)
            output.Device.Run(new AddAlongAxisKernel<T, int>(
                output.View<T>(), inputs[1].View<int>(), updates.View<T>(), outer, size, count, inner, areChecked: true));
        else
            output.Device.Run(new AddAlongAxisKernel<T, long>(
                output.View<T>(), inputs[1].View<long>(), updates.View<T>(), outer, size, count, inner, areChecked: true));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = context.Gradient.TakeAlongAxis(context.Inputs[1], axis);
}
