using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Where the channels of an image are: always last, <c>[batch, height, width, channels]</c>.</summary>
/// <remarks>The argument exists so that Keras' programs and files say what they mean; <c>channels_first</c> is refused.</remarks>
public readonly record struct DataFormat : IConfigValue
{
    /// <summary>The one supported format, and the default.</summary>
    public static DataFormat ChannelsLast => default;

    /// <summary>Keras' identifier, which must be <c>channels_last</c>.</summary>
    /// <exception cref="ArgumentException">The identifier is another one.</exception>
    public static implicit operator DataFormat(string identifier) => identifier == "channels_last"
        ? default
        : throw new ArgumentException(
            $"data_format: only 'channels_last' is supported; got '{identifier}'. " +
            "Hint: bring the channels to the last axis, for images with new Permute([2, 3, 1]) before the first layer.");

    /// <summary>Reads Keras' identifier.</summary>
    public static DataFormat FromJson(JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (string)value!;
    }

    /// <inheritdoc/>
    public JsonNode ToJson() => ToString();

    /// <summary>Keras' identifier.</summary>
    public override string ToString() => "channels_last";
}
