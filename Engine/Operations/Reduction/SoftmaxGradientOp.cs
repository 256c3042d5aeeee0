using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>y · (dy − Σ dy·y) along the last axis: the gradient of softmax with output y.</summary>
internal sealed class SoftmaxGradientOp : RowOp
{
    /// <summary>The operation has no parameters.</summary>
    public static SoftmaxGradientOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "softmax_gradient";

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (rows, columns) = RowsOf(output);
        output.Device.Run(new SoftmaxGradientKernel<T>(inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>(), rows, columns));
    }

    /// <inheritdoc/>
    /// <remarks>∂/∂y = u · (dy − Σ dy·y) − dy · Σ u·y; in dy the operation is linear and symmetric.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (y, dy, u) = (context.Inputs[0], context.Inputs[1], context.Gradient);
        if (context.Needs(0))
            context[0] = u * (dy - (dy * y).Sum(-1, keepDims: true)) - dy * (u * y).Sum(-1, keepDims: true);
        if (context.Needs(1))
            context[1] = Instance.Apply(y, u);
    }
}
