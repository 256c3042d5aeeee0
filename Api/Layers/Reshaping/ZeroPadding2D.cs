namespace GpuKeras.Layers;

/// <summary>Adds rows and columns of zeros around images.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, top + height + bottom, left + width + right, channels]</c>.
/// </remarks>
public sealed class ZeroPadding2D : Layer
{
    /// <summary>A layer that pads.</summary>
    /// <param name="padding">One number, height and width, or two pairs; 1 on every side by default.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A margin is negative.</exception>
    public ZeroPadding2D(Margins2D? padding = null, DataFormat dataFormat = default, string? name = null)
        : base(name)
    {
        Padding = (padding ?? 1).NotNegative("padding");
        DataFormat = dataFormat;
        InputSpec = new() { Rank = 4 };
    }

    /// <summary>Rows and columns added at each side.</summary>
    public Margins2D Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        inputs.Pad([(0, 0), (Padding.Top, Padding.Bottom), (Padding.Left, Padding.Right), (0, 0)]);
}
