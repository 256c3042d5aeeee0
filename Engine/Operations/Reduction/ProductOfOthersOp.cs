using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>For each element the product of all others along the last axis: the gradient of the product.</summary>
internal sealed class ProductOfOthersOp : NumericOp
{
    /// <summary>The operation has no parameters.</summary>
    public static ProductOfOthersOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "product_of_others";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var columns = output.Shape[^1];
        output.Device.Run(new ProductOfOthersKernel<T>(inputs[0].View<T>(), output.View<T>(), output.Size / Math.Max(1, columns), columns));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = ProductOfOthersGradientOp.Instance.Apply(context.Inputs[0], context.Gradient);
}
