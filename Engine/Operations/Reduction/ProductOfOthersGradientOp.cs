using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The gradient of <see cref="ProductOfOthersOp"/>: inputs x and the upstream gradient, of one shape.</summary>
internal sealed class ProductOfOthersGradientOp : NumericOp
{
    /// <summary>The operation has no parameters.</summary>
    public static ProductOfOthersGradientOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "product_of_others_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var columns = output.Shape[^1];
        output.Device.Run(new ProductOfOthersGradientKernel<T>(
            inputs[0].View<T>(), inputs[1].View<T>(), output.View<T>(), output.Size / Math.Max(1, columns), columns));
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        throw new NotSupportedException("prod: has no third derivative. Hint: the exponential of a sum of logarithms has one.");
}
