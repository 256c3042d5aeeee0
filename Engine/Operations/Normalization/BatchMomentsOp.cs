using GpuKeras.Kernels.Normalization;

namespace GpuKeras;

/// <summary>
/// Mean and population variance of the last axis' channels: inputs x <c>[…, channels]</c> and, if they are to follow, the variables of a
/// moving mean and variance <c>[channels]</c>; output <c>[2, channels]</c>. Not differentiable.
/// </summary>
/// <param name="momentum">The share of the moving ones' old values.</param>
internal sealed class BatchMomentsOp(double momentum = 0) : FloatingPointOp
{
    /// <summary>The operation without moving averages.</summary>
    public static BatchMomentsOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "batch_moments";

    /// <inheritdoc/>
    /// <remarks>The gradient through the statistics is part of <see cref="BatchNormOp{TActivation}"/>'s.</remarks>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0].Rank >= 1
        ? new Shape(2, inputs[0][^1])
        : throw new ShapeException(Name, "needs at least one axis", $"input {inputs[0]}");

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var x = inputs[0];
        var channels = x.Shape[^1];
        var (mean, variance) = (output.View<T>().SubView(0, channels), output.View<T>().SubView(channels, channels));
        var moving = inputs.Length > 1
            ? new MovingMoments<T>(inputs[1].View<T>(), inputs[2].View<T>(), mean, variance, momentum)
            : default;
        output.Device.Run(new BatchMomentsKernel<T>(x.View<T>(), mean, variance, Strides.Product(x.Shape, 0, x.Rank - 1), channels, moving));
        foreach (var followed in inputs[1..])
            ((Variable)followed).MarkChanged();
    }
}
