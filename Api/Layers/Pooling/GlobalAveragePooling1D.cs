using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>The mean over all steps that are not masked, channel by channel.</summary>
/// <remarks>
/// Input <c>[batch, steps, channels]</c>; output <c>[batch, channels]</c>, or <c>[batch, 1, channels]</c> with <c>keepDims</c>.
/// A sample whose steps are all masked gives NaN (0 / 0), as in Keras.
/// </remarks>
public sealed class GlobalAveragePooling1D : GlobalPooling
{
    /// <summary>A layer that takes the mean over all steps.</summary>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="keepDims">Whether the pooled axis stays, with size 1.</param>
    /// <param name="name">The layer's name.</param>
    public GlobalAveragePooling1D(DataFormat dataFormat = default, [ConfigKey("keepdims")] bool keepDims = false, string? name = null)
        : base(rank: 3, dataFormat, keepDims, name) => SupportsMasking = true;

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        var x = inputs.Single.AsFloatingPoint(DType);
        if (context.Mask is not { } mask)
            return x.Mean(1, KeepDims);
        var real = mask.Cast(DType.Bool).ExpandDims(-1);
        return Tensor.Where(real, x, 0).Sum(1, KeepDims) / real.Cast(x.DType).Sum(1, KeepDims);
    }

    /// <inheritdoc/>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context) => null;
}
