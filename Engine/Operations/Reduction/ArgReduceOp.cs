using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The position of the number along an axis that wins a comparison.</summary>
/// <typeparam name="TComparison">Which of two numbers wins.</typeparam>
internal abstract class ArgReduceOp<TComparison>(int axis) : NumericOp
    where TComparison : struct, IArgComparison
{
    internal override object?[] Parameters => [axis];

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
    protected sealed override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var shape = inputs[0].Shape;
        var at = shape.Axis(axis);
        output.Device.Run(new ArgReduceKernel<TComparison, T>(
            inputs[0].View<T>(), output.View<int>(), Strides.Product(shape, 0, at), shape[at], Strides.Product(shape, at + 1, shape.Rank)));
    }
}
