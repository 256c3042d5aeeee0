using GpuKeras.Kernels;
using GpuKeras.Kernels.Normalization;

namespace GpuKeras;

/// <summary>Normalises each row of the last axis: inputs x <c>[…, columns]</c>, gamma and beta <c>[columns]</c>.</summary>
/// <param name="epsilon">Keeps the denominator from 0.</param>
internal sealed class LayerNormOp(double epsilon) : FusedGradientOp
{
    /// <inheritdoc/>
    public override string Name => "layer_norm";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0].Rank == 0 || inputs[1] != new Shape(inputs[0][^1]) || inputs[2] != inputs[1])
            throw new ShapeException(
                Name, "gamma and beta must have the size of the normalised axis",
                $"input {inputs[0]}, gamma {inputs[1]}, beta {inputs[2]}");
        return inputs[0];
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var rows = Strides.Product(output.Shape, 0, output.Rank - 1);
        var statistics = Tensor.Empty(new Shape(2, (int)rows), output.DType, output.Device);
        Normalize(inputs[0], inputs[1], inputs[2], output.View<T>(), statistics.View<T>(), rows);
    }

    /// <inheritdoc/>
    protected override void BackwardFused<T>(BackwardContext context)
    {
        var (x, gamma) = (context.Inputs[0], context.Inputs[1]);
        var rows = Strides.Product(x.Shape, 0, x.Rank - 1);

        // The rows' statistics are cheap to compute again, and then nothing has to be kept since the forward pass.
        var statistics = Tensor.Empty(new Shape(2, (int)rows), x.DType, x.Device).View<T>();
        Normalize(x, gamma, context.Inputs[2], default, statistics, rows);
        var dx = Tensor.Empty(x.Shape, x.DType, x.Device);
        var (dgamma, dbeta) = (Tensor.Empty(gamma.Shape, x.DType, x.Device), Tensor.Empty(gamma.Shape, x.DType, x.Device));
        x.Device.Run(new LayerNormGradientKernel<T>(
            x.View<T>(), gamma.View<T>(), statistics.SubView(0, rows), statistics.SubView(rows, rows), context.Gradient.View<T>(),
            dx.View<T>(), dgamma.View<T>(), dbeta.View<T>(), rows, x.Shape[^1]));
        (context[0], context[1], context[2]) = (dx, dgamma, dbeta);
    }

    /// <inheritdoc/>
    protected override void BackwardRecorded(BackwardContext context)
    {
        var (x, gamma, dy) = (context.Inputs[0], context.Inputs[1], context.Gradient);
        var centered = x - x.Mean(-1, keepDims: true);
        var deviation = ((centered * centered).Mean(-1, keepDims: true) + epsilon).Sqrt();
        var (normalized, h) = (centered / deviation, dy * gamma);
        context[0] = (h - h.Mean(-1, keepDims: true) - normalized * (h * normalized).Mean(-1, keepDims: true)) / deviation;
        var axes = new int[x.Rank - 1];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = axis;
        context[1] = axes.Length == 0 ? dy * normalized : (dy * normalized).Sum(axes);
        context[2] = axes.Length == 0 ? dy : dy.Sum(axes);
    }

    private void Normalize<T>(Tensor x, Tensor gamma, Tensor beta, ArrayView<T> y, ArrayView<T> statistics, long rows)
        where T : unmanaged =>
        x.Device.Run(new LayerNormKernel<T>(
            x.View<T>(), gamma.View<T>(), beta.View<T>(), y, statistics.SubView(0, rows), statistics.SubView(rows, rows), rows, x.Shape[^1],
            epsilon));
}

public partial class Tensor
{
    /// <summary>Normalises each row of the last axis to mean 0 and variance 1, then scales and shifts it.</summary>
    /// <param name="gamma">The scale of each column, <c>[columns]</c>.</param>
    /// <param name="beta">The offset of each column, <c>[columns]</c>.</param>
    /// <param name="epsilon">Added to the population variance.</param>
    /// <exception cref="ShapeException">gamma or beta does not have the size of the last axis.</exception>
    /// <remarks>Ba, Kiros and Hinton 2016. To normalise several axes together, <see cref="Reshape"/> them into one.</remarks>
    public Tensor LayerNorm(Tensor gamma, Tensor beta, double epsilon = 1e-3) => new LayerNormOp(epsilon).Apply(this, gamma, beta);
}
