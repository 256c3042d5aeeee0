using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>dy − exp(y) · Σ dy along the last axis: the gradient of log-softmax with output y.</summary>
internal sealed class LogSoftmaxGradientOp : RowOp
{
    /// <summary>The operation has no parameters.</summary>
    public static LogSoftmaxGradientOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "log_softmax_gradient";

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (rows, columns) = RowsOf(output);
        output.Device.Run(new LogSoftmaxGradientKernel<T>(inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>(), rows, columns));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (dy, u, p) = (context.Inputs[1], context.Gradient, context.Inputs[0].Exp());
        if (context.Needs(0))
            context[0] = -(u * p * dy.Sum(-1, keepDims: true));
        if (context.Needs(1))
            context[1] = u - (u * p).Sum(-1, keepDims: true);
    }
}
