using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>y[…, c, …] = x[…, indices[…, c, …], …] along an axis; x and the indices agree in the other axes.</summary>
/// <param name="axis">The axis.</param>
/// <param name="areChecked">Whether the indices have been checked.</param>
internal sealed class TakeAlongAxisOp(int axis, bool areChecked = false) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "take_along_axis";

    internal override object?[] Parameters => [axis];

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var at = AxisList.Resolve(Name, inputs[0], axis);
        if (inputs[1].Rank != inputs[0].Rank || inputs[1].With(at, inputs[0][at]) != inputs[0])
            throw new ShapeException(Name, $"shapes must agree except along axis {axis}", $"input {inputs[0]}, indices {inputs[1]}");
        return inputs[1];
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (x, at) = (inputs[0], inputs[0].Shape.Axis(axis));
        var (count, inner) = (output.Shape[at], Strides.Product(output.Shape, at + 1, output.Rank));
        if (inputs[1].DType == DType.Int32)
            output.Device.Run(new TakeAlongAxisKernel<T, int>(
                x.View<T>(), inputs[1].View<int>(), output.View<T>(), x.Shape[at], count, inner, areChecked));
        else
            output.Device.Run(new TakeAlongAxisKernel<T, long>(
                x.View<T>(), inputs[1].View<long>(), output.View<T>(), x.Shape[at], count, inner, areChecked));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var shape = context.Inputs[0].Shape;
        context[0] = new AddAlongAxisOp(shape.Axis(axis), shape[shape.Axis(axis)]).Apply(context.Gradient, context.Inputs[1]);
    }
}

public partial class Tensor
{
    /// <summary>One element for each index: y[…, c, …] = x[…, indices[…, c, …], …] along an axis.</summary>
    /// <param name="indices">Whole numbers from 0 to the axis' size − 1; the other axes are this tensor's.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">The shapes differ in another axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is out of range; the message names it and the limit.</exception>
    public Tensor TakeAlongAxis(Tensor indices, int axis = -1) => new TakeAlongAxisOp(axis).Apply(this, AsIndices(indices));
}
