using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The sum over the axes in which a shape that broadcasts to the input's has size 1 or is missing.</summary>
/// <param name="target">The output's shape.</param>
internal sealed class SumToOp(Shape target) : TensorOp
{
    /// <inheritdoc/>
    public override string Name => "sum_to";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => target;

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32: Run<float>(inputs[0], output); break;
            case DType.Float64: Run<double>(inputs[0], output); break;
            case DType.Int32: Run<int>(inputs[0], output); break;
            case DType.Int64: Run<long>(inputs[0], output); break;
            default: throw new DTypeException(Name, "sums are of numbers", output.DType.KerasName());
        }
    }

    /// <remarks>∂x = ∂y, repeated over the summed axes.</remarks>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = context.Gradient.BroadcastTo(context.Inputs[0].Shape);

    // One kernel for each run of neighbouring summed axes, the last run first, so that each leaves less for the next.
    private void Run<T>(Tensor x, Tensor output)
        where T : unmanaged
    {
        var shape = x.Shape;
        var (source, inner) = (x, 1L);
        var left = x.Size;
        var axis = shape.Rank - 1;
        while (axis >= 0)
        {
            if (!IsSummed(shape, axis))
            {
                inner *= shape[axis--];
                continue;
            }
            var reduced = 1L;
            while (axis >= 0 && (IsSummed(shape, axis) || shape[axis] == 1))
                reduced *= shape[axis--];
            var outer = 1L;
            for (var i = 0; i <= axis; i++)
                outer *= shape[i];
            left = outer * inner;
            var result = left == output.Size && !AnySummed(shape, axis) ? output : Tensor.Empty([checked((int)left)], x.DType, x.Device);
            x.Device.Run(new ReduceKernel<SumReduction, T>(source.View<T>(), result.View<T>(), outer, reduced, inner));
            source = result;
        }
    }

    private bool AnySummed(in Shape shape, int last)
    {
        for (var axis = 0; axis <= last; axis++)
            if (IsSummed(shape, axis))
                return true;
        return false;
    }

    private bool IsSummed(in Shape shape, int axis)
    {
        var fromEnd = shape.Rank - axis;
        return shape[axis] != 1 && (fromEnd > target.Rank || target[^fromEnd] == 1);
    }
}
