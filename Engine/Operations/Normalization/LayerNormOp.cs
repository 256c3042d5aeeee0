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
        output.Saved = [statistics];
        var (mean, inverse) = Halves<T>(statistics, rows);
        output.Device.Run(new LayerNormKernel<T>(
            inputs[0].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), output.View<T>(), mean, inverse, rows, output.Shape[^1], epsilon));
    }

    /// <inheritdoc/>
    protected override void BackwardFused<T>(BackwardContext context)
    {
        var (x, gamma) = (context.Inputs[0], context.Inputs[1]);
        var rows = Strides.Product(x.Shape, 0, x.Rank - 1);
        var (mean, inverse) = Halves<T>(context.Saved[0], rows);
        var dx = Tensor.Empty(x.Shape, x.DType, x.Device);
        var (dgamma, dbeta) = (Tensor.Empty(gamma.Shape, x.DType, x.Device), Tensor.Empty(gamma.Shape, x.DType, x.Device));
        x.Device.Run(new LayerNormGradientKernel<T>(
            x.View<T>(), gamma.View<T>(), mean, inverse, context.Gradient.View<T>(), dx.View<T>(), dgamma.View<T>(), dbeta.View<T>(), rows,
            x.Shape[^1]));
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

    /// <summary>Each row's mean, and the inverse of its deviation.</summary>
    private static (ArrayView<T> Mean, ArrayView<T> Inverse) Halves<T>(Tensor statistics, long rows)
        where T : unmanaged
    {
        var view = statistics.View<T>();
        return (view.SubView(0, rows), view.SubView(rows, rows));
    }
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
