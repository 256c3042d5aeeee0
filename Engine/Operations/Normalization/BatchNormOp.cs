using GpuKeras.Kernels.Normalization;

namespace GpuKeras;

/// <summary>
/// (x − mean) · gamma / √(variance + epsilon) + beta over the last axis' channels, with the batch's own moments: inputs x
/// <c>[…, channels]</c>, gamma, beta <c>[channels]</c>, moments <c>[2, channels]</c> of x.
/// </summary>
/// <param name="epsilon">Keeps the denominator from 0.</param>
internal sealed class BatchNormOp(double epsilon) : FusedGradientOp
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
        output.Device.Run(new BatchNormalizeKernel<T>(
            inputs[0].View<T>(), moments.SubView(0, channels), moments.SubView(channels, channels), inputs[1].View<T>(),
            inputs[2].View<T>(), output.View<T>(), Strides.Product(output.Shape, 0, output.Rank - 1), channels, epsilon));
    }

    /// <inheritdoc/>
    protected override void BackwardFused<T>(BackwardContext context)
    {
        var (x, gamma, moments) = (context.Inputs[0], context.Inputs[1], context.Inputs[3].View<T>());
        var dx = Tensor.Empty(x.Shape, x.DType, x.Device);
        var (dgamma, dbeta) = (Tensor.Empty(gamma.Shape, x.DType, x.Device), Tensor.Empty(gamma.Shape, x.DType, x.Device));
        var channels = x.Shape[^1];
        x.Device.Run(new BatchNormGradientKernel<T>(
            x.View<T>(), moments.SubView(0, channels), moments.SubView(channels, channels), gamma.View<T>(), context.Gradient.View<T>(),
            dx.View<T>(), dgamma.View<T>(), dbeta.View<T>(), Strides.Product(x.Shape, 0, x.Rank - 1), channels, epsilon));
        (context[0], context[1], context[2]) = (dx, dgamma, dbeta);
    }

    /// <inheritdoc/>
    protected override void BackwardRecorded(BackwardContext context)
    {
        var (x, gamma, dy) = (context.Inputs[0], context.Inputs[1], context.Gradient);
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

public partial class Tensor
{
    /// <summary>Normalises each channel with the batch's own mean and population variance.</summary>
    /// <param name="gamma">The scale of each channel, <c>[channels]</c>.</param>
    /// <param name="beta">The offset of each channel, <c>[channels]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="axis">The channels' axis; a negative one counts from the end.</param>
    /// <returns>
    /// y = (x − mean) · gamma / √(variance + epsilon) + beta, and the mean and variance <c>[channels]</c>, which carry no gradient.
    /// </returns>
    /// <exception cref="ShapeException">gamma or beta does not have one element for each channel.</exception>
    /// <remarks>Ioffe and Szegedy 2015. The gradient includes the dependence of mean and variance on x.</remarks>
    public (Tensor Output, Tensor Mean, Tensor Variance) BatchNorm(Tensor gamma, Tensor beta, double epsilon = 1e-3, int axis = -1)
    {
        var resolved = AxisList.Resolve("batch_norm", Shape, axis);
        var x = resolved == Rank - 1 ? this : Transpose(AxisList.MoveToEnd(Rank, resolved));
        var moments = BatchMomentsOp.Instance.Apply(x);
        var y = new BatchNormOp(epsilon).Apply(x, gamma, beta, moments);
        return (resolved == Rank - 1 ? y : y.Transpose(AxisList.MoveFromEnd(Rank, resolved)), moments[0], moments[1]);
    }
}
