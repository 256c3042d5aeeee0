namespace GpuKeras.Layers;

/// <summary>The mean of every window of pixels, channel by channel.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, newHeight, newWidth, channels]</c>. Padding is not counted in
/// the mean.
/// </remarks>
public sealed class AveragePooling2D : Pooling2D
{
    /// <summary>A layer that takes the mean of windows.</summary>
    /// <param name="poolSize">Rows and columns of the window; 2 by default.</param>
    /// <param name="strides">Rows and columns from one window to the next; the pool size by default.</param>
    /// <param name="padding">What happens at the edges: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public AveragePooling2D(
        Size2D? poolSize = null, Size2D? strides = null, PaddingMode padding = default, DataFormat dataFormat = default, string? name = null)
        : base(poolSize ?? 2, strides, padding, dataFormat, name)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        inputs.AsFloatingPoint(DType).AveragePool2D(PoolSize, Strides, Padding.Kind);
}
