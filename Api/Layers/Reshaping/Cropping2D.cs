namespace GpuKeras.Layers;

/// <summary>Cuts rows and columns off the sides of images.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, height − top − bottom, width − left − right, channels]</c>.
/// </remarks>
public sealed class Cropping2D : Layer
{
    /// <summary>A layer that crops.</summary>
    /// <param name="cropping">One number, height and width, or two pairs; nothing by default.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A margin is negative.</exception>
    public Cropping2D(Margins2D cropping = default, DataFormat dataFormat = default, string? name = null)
        : base(name)
    {
        Cropping = cropping.NotNegative("cropping");
        DataFormat = dataFormat;
        InputSpec = new() { Rank = 4 };
    }

    /// <summary>Rows and columns cut off at each side.</summary>
    public Margins2D Cropping { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var (height, width) = (inputs.Shape[1], inputs.Shape[2]);
        if (Cropping.Top + Cropping.Bottom >= height || Cropping.Left + Cropping.Right >= width)
            throw new ShapeException(
                "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input. " +
                $"Received: inputs.shape={inputs.Shape.ToKerasString()}, cropping={Cropping}");
        return inputs.Slice(1, Cropping.Top..(height - Cropping.Bottom)).Slice(2, Cropping.Left..(width - Cropping.Right));
    }
}
