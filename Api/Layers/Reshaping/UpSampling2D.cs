namespace GpuKeras.Layers;

/// <summary>Enlarges images by whole factors.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, height · size, width · size, channels]</c>. Bilinear interpolation has
/// its samples at the pixels' centres, and repeats the border pixels beyond them.
/// </remarks>
public sealed class UpSampling2D : Layer
{
    private static readonly string[] Interpolations = ["nearest", "bilinear"];

    // The neighbours of one axis' output pixels: images of a size come again and again.
    private readonly Dictionary<(int Size, int Axis, Device Device), Neighbours> neighbours = [];

    /// <summary>A layer that enlarges images.</summary>
    /// <param name="size">The factors of rows and columns; 2 by default.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="interpolation"><c>"nearest"</c> or <c>"bilinear"</c>.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A factor is not positive, or the interpolation is unknown.</exception>
    public UpSampling2D(Size2D? size = null, DataFormat dataFormat = default, string interpolation = "nearest", string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(interpolation);
        Size = (size ?? 2).AtLeast(1, "size");
        DataFormat = dataFormat;
        Interpolation = Interpolations.Contains(interpolation.ToLowerInvariant())
            ? interpolation.ToLowerInvariant()
            : throw Utilities.Identifiers.Unknown("interpolation", interpolation, Interpolations);
        InputSpec = new() { Rank = 4 };
    }

    /// <summary>The factors of rows and columns.</summary>
    public Size2D Size { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary><c>nearest</c> or <c>bilinear</c>.</summary>
    public string Interpolation { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => Interpolation == "nearest"
        ? Repeat(inputs)
        : Interpolate(Interpolate(inputs.AsFloatingPoint(DType), 1, Size.Height), 2, Size.Width);

    private Tensor Repeat(Tensor x)
    {
        var (batch, height, width, channels) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        return x.Reshape([batch, height, 1, width, 1, channels])
            .BroadcastTo([batch, height, Size.Height, width, Size.Width, channels])
            .Reshape([batch, height * Size.Height, width * Size.Width, channels]);
    }

    private Tensor Interpolate(Tensor x, int axis, int factor)
    {
        if (factor == 1)
            return x;
        var (lower, upper, weight) = NeighboursOf(x, axis, factor);
        var below = x.Gather(lower, axis);
        return below + (x.Gather(upper, axis) - below) * weight;
    }

    private Neighbours NeighboursOf(Tensor x, int axis, int factor)
    {
        var (size, device) = (x.Shape[axis], x.IsSymbolic ? Device.Current : x.Device);
        if (neighbours.TryGetValue((size, axis, device), out var known))
            return known;
        using var outsideScopes = TensorScope.Suspend();
        var (lower, upper, weight) = (new int[size * factor], new int[size * factor], new double[size * factor]);
        for (var i = 0; i < lower.Length; i++)
        {
            var position = (i + 0.5) / factor - 0.5;
            var below = (int)Math.Floor(position);
            lower[i] = Math.Clamp(below, 0, size - 1);
            upper[i] = Math.Clamp(below + 1, 0, size - 1);
            weight[i] = position - below;
        }
        Shape broadcast = axis == 1 ? [size * factor, 1, 1] : [size * factor, 1];
        var made = new Neighbours(Tensor.From<int>(lower), Tensor.From<int>(upper), Tensor.FromDoubles(weight, broadcast, x.DType));
        // The sizes of a trace do not come again.
        if (!x.IsSymbolic)
            neighbours[(size, axis, device)] = made;
        return made;
    }

    private sealed record Neighbours(Tensor Lower, Tensor Upper, Tensor Weight);
}
