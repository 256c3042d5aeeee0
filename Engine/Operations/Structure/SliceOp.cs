using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A range of one axis, with a step; a negative step runs backwards through the range.</summary>
/// <param name="axis">The axis.</param>
/// <param name="range">Which elements.</param>
/// <param name="step">Every how many-th of them; not 0.</param>
internal sealed class SliceOp(int axis, Range range, int step) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "slice";

    internal override object?[] Parameters => [axis, range, step];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var at = AxisList.Resolve(Name, inputs[0], axis);
        var (start, end) = Bounds(inputs[0][at]);
        if (start < 0 || end > inputs[0][at] || start > end)
            throw new ShapeException(
                Name, $"the range must lie in axis {axis} of size {inputs[0][at]}", $"range {range}, input {inputs[0]}");
        return inputs[0].With(at, (end - start + Math.Abs(step) - 1) / Math.Abs(step));
    }

    /// <inheritdoc/>
    /// <remarks>A range of the first axis is contiguous, so it shares the input's memory.</remarks>
    protected override Tensor CreateOutput(ReadOnlySpan<Tensor> inputs, in Shape shape, DType dtype) => IsView(inputs[0])
        ? inputs[0].Alias(shape, FirstElement(inputs[0].Shape))
        : base.CreateOutput(inputs, shape, dtype);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (!IsView(inputs[0]))
            Strides.Copy<T>(
                inputs[0], output, output.Shape, Stepped(inputs[0].Shape), Strides.Of(output.Shape), FirstElement(inputs[0].Shape));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = new SliceGradientOp(this, context.Inputs[0].Shape).Apply(context.Gradient);

    /// <summary>The strides of the taken elements in an input of this shape.</summary>
    internal Extents Stepped(in Shape input)
    {
        var strides = Strides.Of(input);
        strides[input.Axis(axis)] *= step;
        return strides;
    }

    /// <summary>The position of the first taken element in an input of this shape.</summary>
    internal long FirstElement(in Shape input)
    {
        var at = input.Axis(axis);
        var (start, end) = Bounds(input[at]);
        return (long)(step > 0 ? start : end - 1) * Strides.Of(input)[at];
    }

    private (int Start, int End) Bounds(int size) => (range.Start.GetOffset(size), range.End.GetOffset(size));

    // A variable changes in place, so a view of it would change too.
    private bool IsView(Tensor input) =>
        step == 1 && input is not Variable && Strides.Product(input.Shape, 0, input.Shape.Axis(axis)) == 1;
}
