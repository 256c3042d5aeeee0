using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

public partial class Tensor
{
    /// <summary>Normalises each channel with the batch's own mean and population variance.</summary>
    /// <param name="gamma">The scale of each channel, <c>[channels]</c>.</param>
    /// <param name="beta">The offset of each channel, <c>[channels]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="axis">The channels' axis; a negative one counts from the end.</param>
    /// <param name="relu">Whether to apply <see cref="Relu"/> in the same pass.</param>
    /// <returns>
    /// y = (x − mean) · gamma / √(variance + epsilon) + beta, and the mean and variance <c>[channels]</c>, which carry no gradient.
    /// </returns>
    /// <exception cref="ShapeException">gamma or beta does not have one element for each channel.</exception>
    /// <remarks>Ioffe and Szegedy 2015. The gradient includes the dependence of mean and variance on x.</remarks>
    public (Tensor Output, Tensor Mean, Tensor Variance) BatchNorm(
        Tensor gamma, Tensor beta, double epsilon = 1e-3, int axis = -1, bool relu = false)
    {
        var resolved = AxisList.Resolve("batch_norm", Shape, axis);
        var x = ChannelsLast(resolved);
        var moments = BatchMomentsOp.Instance.Apply(x);
        return (BatchNorm(x, gamma, beta, moments, epsilon, relu).ChannelsBack(resolved), moments[0], moments[1]);
    }

    /// <summary>
    /// Normalises each channel with the batch's own mean and population variance, and moves averages towards these in the same launch.
    /// </summary>
    /// <param name="gamma">The scale of each channel, <c>[channels]</c>.</param>
    /// <param name="beta">The offset of each channel, <c>[channels]</c>.</param>
    /// <param name="movingMean">The moving mean of each channel, <c>[channels]</c>.</param>
    /// <param name="movingVariance">The moving variance of each channel, <c>[channels]</c>.</param>
    /// <param name="momentum">The share of their old values.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="axis">The channels' axis; a negative one counts from the end.</param>
    /// <param name="relu">Whether to apply <see cref="Relu"/> in the same pass.</param>
    internal Tensor BatchNorm(
        Tensor gamma, Tensor beta, Variable movingMean, Variable movingVariance, double momentum, double epsilon, int axis, bool relu)
    {
        var resolved = AxisList.Resolve("batch_norm", Shape, axis);
        var x = ChannelsLast(resolved);
        // While shapes are traced there are no values.
        var moments = x.IsSymbolic ? BatchMomentsOp.Instance.Apply(x) : new BatchMomentsOp(momentum).Apply(x, movingMean, movingVariance);
        return BatchNorm(x, gamma, beta, moments, epsilon, relu).ChannelsBack(resolved);
    }

    /// <summary>Normalises each channel with a mean and a variance that are given, such as moving averages.</summary>
    /// <param name="gamma">The scale of each channel, <c>[channels]</c>.</param>
    /// <param name="beta">The offset of each channel, <c>[channels]</c>.</param>
    /// <param name="mean">The mean of each channel, <c>[channels]</c>.</param>
    /// <param name="variance">The variance of each channel, <c>[channels]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="axis">The channels' axis; a negative one counts from the end.</param>
    /// <param name="relu">Whether to apply <see cref="Relu"/> in the same pass.</param>
    /// <returns>y = (x − mean) · gamma / √(variance + epsilon) + beta, of this tensor's shape.</returns>
    /// <exception cref="ShapeException">A vector does not have one element for each channel.</exception>
    public Tensor BatchNormWith(
        Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double epsilon = 1e-3, int axis = -1, bool relu = false)
    {
        var resolved = AxisList.Resolve("batch_norm_with", Shape, axis);
        TensorOp operation = relu ? new BatchNormWithOp<Relu>(epsilon) : new BatchNormWithOp<Identity>(epsilon);
        return operation.Apply(ChannelsLast(resolved), gamma, beta, mean, variance).ChannelsBack(resolved);
    }

    private static Tensor BatchNorm(Tensor x, Tensor gamma, Tensor beta, Tensor moments, double epsilon, bool relu)
    {
        TensorOp operation = relu ? new BatchNormOp<Relu>(epsilon) : new BatchNormOp<Identity>(epsilon);
        return operation.Apply(x, gamma, beta, moments);
    }

    private Tensor ChannelsLast(int axis) => axis == Rank - 1 ? this : Transpose(AxisList.MoveToEnd(Rank, axis));

    private Tensor ChannelsBack(int axis) => axis == Rank - 1 ? this : Transpose(AxisList.MoveFromEnd(Rank, axis));
}
