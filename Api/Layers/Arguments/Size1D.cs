using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>A length along the steps of a sequence: a kernel, a stride, a pool.</summary>
/// <param name="Length">Steps.</param>
public readonly record struct Size1D(int Length) : IConfigValue
{
    /// <summary>A length.</summary>
    public static implicit operator Size1D(int length) => new(length);

    /// <summary>Reads Keras' <c>[length]</c>, or the number alone.</summary>
    public static Size1D FromJson(JsonNode value) => value switch
    {
        JsonArray { Count: 1 } sizes => (int)sizes[0]!,
        JsonValue => (int)value,
        _ => throw new FormatException($"a size must be one number; got {value.ToJsonString()}"),
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => new JsonArray(Length);

    /// <summary>The size as Keras prints it, such as <c>(3,)</c>.</summary>
    public override string ToString() => $"({Length},)";

    /// <summary>Checks a constructor's argument.</summary>
    /// <exception cref="ArgumentException">The size is below <paramref name="minimum"/>.</exception>
    internal Size1D AtLeast(int minimum, string argument) => Length >= minimum
        ? this
        : throw new ArgumentException(
            $"The `{argument}` argument must be a tuple of 1 integers. Received {argument}={this}, " +
            $"including values that do not satisfy `value >= {minimum}`");
}
