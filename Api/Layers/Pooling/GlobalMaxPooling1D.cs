using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>The maximum over all steps, channel by channel.</summary>
/// <remarks>
/// Input <c>[batch, steps, channels]</c>; output <c>[batch, channels]</c>, or <c>[batch, 1, channels]</c> with <c>keepDims</c>.
/// </remarks>
public sealed class GlobalMaxPooling1D : GlobalPooling
{
    private static readonly int[] Pooled = [1];

    /// <summary>A layer that takes the maximum over all steps.</summary>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with size 1.</param>
    /// <param name="name">The layer's name.</param>
    public GlobalMaxPooling1D(DataFormat dataFormat = default, [ConfigKey("keepdims")] bool keepDims = false, string? name = null)
        : base(rank: 3, dataFormat, keepDims, name)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs.AsFloatingPoint(DType).Max(Pooled, KeepDims);
}
