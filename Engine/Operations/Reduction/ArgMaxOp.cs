using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The position of the largest number along an axis.</summary>
internal sealed class ArgMaxOp(int axis) : NumericOp
{
    /// <inheritdoc/>
    public override string Name => "arg_max";

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var resolved = AxisList.Resolve(Name, inputs[0], axis);
        return inputs[0][resolved] == 0
            ? throw new ShapeException(Name, "there is no winner of no elements", $"axis {axis} of size 0, input {inputs[0]}")
            : inputs[0].Remove(resolved);
    }

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs)
    {
        base.InferDType(inputs);
        return DType.Int32;
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var shape = inputs[0].Shape;
        var at = shape.Axis(axis);
        output.Device.Run(new ArgReduceKernel<ArgMaxComparison, T>(
            inputs[0].View<T>(), output.View<int>(), Strides.Product(shape, 0, at), shape[at], Strides.Product(shape, at + 1, shape.Rank)));
    }
}

public partial class Tensor
{
    /// <summary>The position of the largest element along an axis, int32. The first of equal ones; the first NaN before all.</summary>
    /// <param name="axis">The axis, which disappears; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">There is no such axis, or it is empty.</exception>
    public Tensor ArgMax(int axis = -1) => new ArgMaxOp(axis).Apply(ToArithmetic());
}
