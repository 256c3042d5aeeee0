namespace GpuKeras.Layers;

/// <summary>The maximum of every window of steps, channel by channel.</summary>
/// <remarks>
/// Input <c>[batch, steps, channels]</c>; output <c>[batch, newSteps, channels]</c>. Padding does not take part in the maximum.
/// </remarks>
public sealed class MaxPooling1D : Pooling1D
{
    /// <summary>A layer that takes the maximum of windows.</summary>
    /// <param name="poolSize">Steps of the window; 2 by default.</param>
    /// <param name="strides">Steps from one window to the next; the pool size by default.</param>
    /// <param name="padding">What happens at the edges: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public MaxPooling1D(
        Size1D? poolSize = null, Size1D? strides = null, PaddingMode padding = default, DataFormat dataFormat = default, string? name = null)
        : base(poolSize ?? 2, strides, padding, dataFormat, name)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        inputs.AsFloatingPoint(DType).MaxPool1D(PoolSize.Length, Strides.Length, Padding.Kind);
}
