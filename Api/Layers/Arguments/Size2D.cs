using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>A height and a width: a kernel, a stride, a pool. One number stands for a square.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Size2D(int Height, int Width) : IConfigValue
{
    /// <summary>Height and width 1.</summary>
    internal static Size2D One => new(1, 1);

    /// <summary>Height, then width, as operations take them.</summary>
    public static implicit operator (int Height, int Width)(Size2D size) => (size.Height, size.Width);

    /// <summary>Both sizes the same.</summary>
    public static implicit operator Size2D(int size) => new(size, size);

    /// <summary>Height, then width.</summary>
    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>Reads Keras' <c>[height, width]</c>, or one number for both.</summary>
    public static Size2D FromJson(JsonNode value) => value switch
    {
        JsonArray { Count: 2 } sizes => new Size2D((int)sizes[0]!, (int)sizes[1]!),
        JsonArray { Count: 1 } sizes => (int)sizes[0]!,
        JsonValue => (int)value,
        _ => throw new FormatException($"a size must be one number or two; got {value.ToJsonString()}"),
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => new JsonArray(Height, Width);

    /// <summary>The sizes as Keras prints them, such as <c>(3, 3)</c>.</summary>
    public override string ToString() => $"({Height}, {Width})";

    /// <summary>Checks a constructor's argument.</summary>
    /// <exception cref="ArgumentException">A size is below <paramref name="minimum"/>.</exception>
    internal Size2D AtLeast(int minimum, string argument) => Height >= minimum && Width >= minimum
        ? this
        : throw new ArgumentException(
            $"The `{argument}` argument must be a tuple of 2 integers. Received {argument}={this}, " +
            $"including values that do not satisfy `value >= {minimum}`");
}
