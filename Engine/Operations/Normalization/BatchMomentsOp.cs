using GpuKeras.Kernels.Normalization;

namespace GpuKeras;

/// <summary>
/// Mean and population variance of the last axis' channels: x <c>[…, channels]</c> → <c>[2, channels]</c>. Not differentiable.
/// </summary>
internal sealed class BatchMomentsOp : FloatingPointOp
{
    /// <summary>The operation has no parameters.</summary>
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
        var (x, moments) = (inputs[0], output.View<T>());
        var channels = x.Shape[^1];
        var rows = Strides.Product(x.Shape, 0, x.Rank - 1);
        output.Device.Run(new BatchMomentsKernel<T>(
            x.View<T>(), moments.SubView(0, channels), moments.SubView(channels, channels), rows, channels));
    }
}
