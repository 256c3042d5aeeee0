using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>The maximum over all pixels, channel by channel.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, channels]</c>, or <c>[batch, 1, 1, channels]</c> with
/// <c>keepDims</c>.
/// </remarks>
public sealed class GlobalMaxPooling2D : GlobalPooling
{
    private static readonly int[] Pooled = [1, 2];

    /// <summary>A layer that takes the maximum over all pixels.</summary>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="keepDims">Whether the pooled axes stay, with size 1.</param>
    /// <param name="name">The layer's name.</param>
    public GlobalMaxPooling2D(DataFormat dataFormat = default, [ConfigKey("keepdims")] bool keepDims = false, string? name = null)
        : base(rank: 4, dataFormat, keepDims, name)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs.AsFloatingPoint(DType).Max(Pooled, KeepDims);
}
