using GpuKeras.Kernels.Convolution;

namespace GpuKeras;

/// <summary>A convolution with every size known, and the shapes of its three tensors.</summary>
/// <remarks>
/// A convolution is linear in its input and in its filter, so its gradients, and theirs, are the same three operations: forward,
/// input gradient and filter gradient. They share one plan.
/// </remarks>
/// <param name="Sizes">All sizes; a 1D convolution has height 1.</param>
/// <param name="Input"><c>[batch, …, channels]</c>.</param>
/// <param name="Filter"><c>[…, channels / groups, filters]</c>, or <c>[…, channels, multiplier]</c> for a depthwise one.</param>
/// <param name="Output"><c>[batch, …, filters]</c>.</param>
internal sealed record ConvolutionPlan(ConvolutionSizes Sizes, Shape Input, Shape Filter, Shape Output)
{
    /// <summary>Whether every channel is a group of its own, for which there are faster kernels. The memory layout is the same.</summary>
    public bool IsDepthwise => Sizes.Groups > 1 && Sizes.Groups == Sizes.InputChannels;
}
