using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Normalization;

namespace GpuKeras;

/// <summary>
/// f((x − mean) · gamma / √(variance + epsilon) + beta) over the last axis' channels, with the batch's own moments: inputs x
/// <c>[…, channels]</c>, gamma, beta <c>[channels]</c>, moments <c>[2, channels]</c> of x.
/// </summary>
/// <typeparam name="TActivation">f, whose derivative must be the same at x and at f(x): the identity or relu.</typeparam>
/// <param name="epsilon">Keeps the denominator from 0.</param>
internal sealed class BatchNormOp<TActivation>(double epsilon) : FusedGradientOp
    where TActivation : struct, IDifferentiableFunction
{
    /// <inheritdoc/>
    public override string Name => "batch_norm";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var channels = new Shape(inputs[0][^1]);
        if (inputs[1] != channels || inputs[2] != channels)
            throw new ShapeException(
                Name, "gamma and beta must have one element for each channel", $"input {inputs[0]}, gamma {inputs[1]}, beta {inputs[2]}");
        return inputs[0];
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (channels, moments) = (output.Shape[^1], inputs[3].View<T>());
        output.Device.Run(new BatchNormalizeKernel<TActivation, T>(
            inputs[0].View<T>(), moments.SubView(0, channels), moments.SubView(channels, channels), inputs[1].View<T>(),
            inputs[2].View<T>(), output.View<T>(), Strides.Product(output.Shape, 0, output.Rank - 1), channels, epsilon));
    }

    /// <inheritdoc/>
    protected override void BackwardFused<T>(BackwardContext context)
    {
        var (x, gamma, beta, moments) = (context.Inputs[0], context.Inputs[1], context.Inputs[2], context.Inputs[3].View<T>());
        var dx = Tensor.Empty(x.Shape, x.DType, x.Device);
        var (dgamma, dbeta) = (Tensor.Empty(gamma.Shape, x.DType, x.Device), Tensor.Empty(gamma.Shape, x.DType, x.Device));
        var channels = x.Shape[^1];
        x.Device.Run(new BatchNormGradientKernel<TActivation, T>(
            x.View<T>(), moments.SubView(0, channels), moments.SubView(channels, channels), gamma.View<T>(), beta.View<T>(),
            context.Gradient.View<T>(), dx.View<T>(), dgamma.View<T>(), dbeta.View<T>(), Strides.Product(x.Shape, 0, x.Rank - 1), channels, epsilon));
        (context[0], context[1], context[2]) = (dx, dgamma, dbeta);
    }

    /// <inheritdoc/>
    protected override void BackwardRecorded(BackwardContext context)
    {
        var (x, gamma, dy) = (context.Inputs[0], context.Inputs[1], FusedActivation<TActivation>.Gradient(context));
        var axes = new int[x.Rank - 1];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = axis;
        if (axes.Length == 0)
            throw new NotSupportedException(
                "batch_norm: the second derivative needs at least two axes. Hint: ExpandDims(0) adds a batch axis.");
        var centered = x - x.Mean(axes, keepDims: true);
        var deviation = ((centered * centered).Mean(axes, keepDims: true) + epsilon).Sqrt();
        var normalized = centered / deviation;
        var product = dy * normalized;
        context[0] = (dy - dy.Mean(axes, keepDims: true) - normalized * product.Mean(axes, keepDims: true)) * gamma / deviation;
        context[1] = product.Sum(axes);
        context[2] = dy.Sum(axes);
    }
}
