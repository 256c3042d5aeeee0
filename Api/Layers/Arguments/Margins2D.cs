using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Rows and columns at the four sides of an image, to be added or cut off.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Right">Columns to the right.</param>
public readonly record struct Margins2D(int Top, int Bottom, int Left, int Right) : IConfigValue
{
    /// <summary>The same at all sides.</summary>
    public static implicit operator Margins2D(int margin) => new(margin, margin, margin, margin);

    /// <summary>The same above and below, and the same left and right.</summary>
    public static implicit operator Margins2D((int Height, int Width) margins) =>
        new(margins.Height, margins.Height, margins.Width, margins.Width);

    /// <summary>Above and below, left and right.</summary>
    public static implicit operator Margins2D(((int Top, int Bottom) Height, (int Left, int Right) Width) margins) =>
        new(margins.Height.Top, margins.Height.Bottom, margins.Width.Left, margins.Width.Right);

    /// <summary>Reads Keras' <c>[[top, bottom], [left, right]]</c>, <c>[height, width]</c> or one number.</summary>
    public static Margins2D FromJson(JsonNode value)
    {
        if (value is JsonValue)
            return (int)value;
        if (value is not JsonArray { Count: 2 } sides)
            throw new FormatException($"margins must be one number, two, or two pairs; got {value.ToJsonString()}");
        var (height, width) = (Size2D.FromJson(sides[0]!), Size2D.FromJson(sides[1]!));
        return new(height.Height, height.Width, width.Height, width.Width);
    }

    /// <inheritdoc/>
    public JsonNode ToJson() => new JsonArray(new JsonArray(Top, Bottom), new JsonArray(Left, Right));

    /// <summary>The margins as Keras prints them, such as <c>((1, 1), (2, 2))</c>.</summary>
    public override string ToString() => $"(({Top}, {Bottom}), ({Left}, {Right}))";

    /// <summary>Checks a constructor's argument.</summary>
    /// <exception cref="ArgumentException">A margin is negative.</exception>
    internal Margins2D NotNegative(string argument) => Top >= 0 && Bottom >= 0 && Left >= 0 && Right >= 0
        ? this
        : throw new ArgumentException($"`{argument}` cannot be negative. Received: {argument}={this}.");
}
