using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>log Σ exp(x) along the last axis, which disappears.</summary>
internal sealed class LogSumExpOp : RowOp
{
    /// <summary>The operation has no parameters.</summary>
    public static LogSumExpOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "log_sum_exp";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => base.InferShape(inputs).Remove(-1);

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (rows, columns) = RowsOf(inputs[0]);
        output.Device.Run(new LogSumExpKernel<T>(inputs[0].View<T>(), output.View<T>(), rows, columns));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = context.Inputs[0].Softmax() * context.Gradient.ExpandDims(-1);
}

public partial class Tensor
{
    /// <summary>log Σ exp(x) along an axis, without overflow.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor LogSumExp(int axis = -1, bool keepDims = false)
    {
        var resolved = AxisList.Resolve("log_sum_exp", Shape, axis);
        var x = resolved == Rank - 1 ? this : Transpose(AxisList.MoveToEnd(Rank, resolved));
        var result = LogSumExpOp.Instance.Apply(x);
        return keepDims ? result.ExpandDims(resolved) : result;
    }
}
