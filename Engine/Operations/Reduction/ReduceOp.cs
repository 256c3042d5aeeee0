using System.Numerics;

namespace GpuKeras;

/// <summary>A reduction over a set of axes: many numbers along them become one.</summary>
/// <param name="axes">The axes; none stands for all. Negative ones count from the end.</param>
/// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
internal abstract class ReduceOp(int[] axes, bool keepDims) : NumericOp
{
    internal override object?[] Parameters => [axes, keepDims];

    /// <summary>Whether the reduction has a value of no numbers.</summary>
    protected virtual bool AllowsEmpty => true;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var bits = AxisList.Resolve(Name, inputs[0], axes);
        for (var axis = 0; axis < inputs[0].Rank && !AllowsEmpty; axis++)
        {
            if (AxisList.Contains(bits, axis) && inputs[0][axis] == 0)
                throw new ShapeException(Name, "there is no result of no elements", $"axis {axis} of size 0, input {inputs[0]}");
        }
        return AxisList.Reduced(inputs[0], bits, keepDims);
    }

    /// <inheritdoc/>
    protected sealed override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        // Neighbouring axes are one; each group of them is one pass, the innermost first.
        var (source, shape) = (inputs[0], inputs[0].Shape);
        var bits = AxisList.Resolve(Name, shape, axes);
        if (bits == 0)
        {
            output.CopyFrom(source);
            return;
        }
        for (var end = shape.Rank; ;)
        {
            while (end > 0 && !AxisList.Contains(bits, end - 1))
                end--;
            var start = end;
            while (start > 0 && AxisList.Contains(bits, start - 1))
                start--;
            var more = (bits & ((1u << start) - 1)) != 0;
            var (outer, reduced, inner) = (Strides.Product(shape, 0, start), Strides.Product(shape, start, end), Inner(shape, bits, end));
            var target = more ? Tensor.Empty(new Shape((int)(outer * inner)), source.DType, source.Device) : output;
            Pass<T>(source, target, outer, reduced, inner);
            if (!more)
                return;
            (source, end) = (target, start);
        }
    }

    /// <summary>Reduces the middle axis of <c>[outer, reduced, inner]</c>.</summary>
    protected abstract void Pass<T>(Tensor source, Tensor target, long outer, long reduced, long inner)
        where T : unmanaged, INumber<T>;

    /// <summary>A tensor of the output's shape with the reduced axes back as size 1, so that it broadcasts to the input.</summary>
    protected Tensor Restore(Tensor tensor, in Shape input) =>
        tensor.Reshape(AxisList.Reduced(input, AxisList.Resolve(Name, input, axes), keepDims: true));

    /// <summary>How many numbers become one.</summary>
    protected long Count(in Shape input)
    {
        var bits = AxisList.Resolve(Name, input, axes);
        var count = 1L;
        for (var axis = 0; axis < input.Rank; axis++)
            count *= AxisList.Contains(bits, axis) ? input[axis] : 1;
        return count;
    }

    // Axes behind `end` that an earlier pass has reduced are gone.
    private static long Inner(in Shape shape, uint bits, int end)
    {
        var inner = 1L;
        for (var axis = end; axis < shape.Rank; axis++)
            inner *= AxisList.Contains(bits, axis) ? 1 : shape[axis];
        return inner;
    }
}
