using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>exp(x) / Σ exp(x) along the last axis.</summary>
internal sealed class SoftmaxOp : RowOp
{
    /// <summary>The operation has no parameters.</summary>
    public static SoftmaxOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (rows, columns) = RowsOf(output);
        output.Device.Run(new SoftmaxKernel<T>(inputs[0].View<T>(), output.View<T>(), rows, columns));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = SoftmaxGradientOp.Instance.Apply(context.Output, context.Gradient);
}

public partial class Tensor
{
    /// <summary>exp(x) / Σ exp(x) along an axis: positive numbers that sum to 1.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    /// <remarks>Computed from x − max, so large numbers do not overflow. A row that holds NaN or +∞ becomes NaN.</remarks>
    public Tensor Softmax(int axis = -1) => AlongLast("softmax", axis, static x => SoftmaxOp.Instance.Apply(x));

    /// <summary>Applies a function of the last axis to another one, by moving it there and back.</summary>
    private Tensor AlongLast(string operation, int axis, Func<Tensor, Tensor> function)
    {
        var resolved = AxisList.Resolve(operation, Shape, axis);
        return resolved == Rank - 1
            ? function(this)
            : function(Transpose(AxisList.MoveToEnd(Rank, resolved))).Transpose(AxisList.MoveFromEnd(Rank, resolved));
    }
}
