using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>x − log Σ exp(x) along the last axis.</summary>
internal sealed class LogSoftmaxOp : RowOp
{
    /// <summary>The operation has no parameters.</summary>
    public static LogSoftmaxOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "log_softmax";

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (rows, columns) = RowsOf(output);
        output.Device.Run(new LogSoftmaxKernel<T>(inputs[0].View<T>(), output.View<T>(), rows, columns));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = LogSoftmaxGradientOp.Instance.Apply(context.Output, context.Gradient);
}

public partial class Tensor
{
    /// <summary>The logarithm of <see cref="Softmax"/> along an axis, exact also where softmax underflows.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor LogSoftmax(int axis = -1) => AlongLast("log_softmax", axis, static x => LogSoftmaxOp.Instance.Apply(x));
}
