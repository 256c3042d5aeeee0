using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>
/// A layer's <c>padding</c> argument: Keras' identifier <c>"valid"</c> (the default), <c>"same"</c> or <c>"causal"</c>, or a
/// <see cref="Padding"/>.
/// </summary>
/// <param name="Kind">What a window sees beyond the input's edges.</param>
public readonly record struct PaddingMode(Padding Kind) : IConfigValue
{
    /// <summary>The padding by its value.</summary>
    public static implicit operator PaddingMode(Padding kind) => new(kind);

    /// <summary>The padding by Keras' identifier.</summary>
    /// <exception cref="ArgumentException">There is no such padding.</exception>
    public static implicit operator PaddingMode(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Enum.TryParse<Padding>(identifier, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? new(kind)
            : throw Refused(identifier);
    }

    /// <summary>Reads Keras' identifier.</summary>
    public static PaddingMode FromJson(JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (string)value!;
    }

    /// <inheritdoc/>
    public JsonNode ToJson() => ToString();

    /// <summary>Keras' identifier.</summary>
    public override string ToString() => Kind.ToString().ToLowerInvariant();

    /// <summary>Refuses <see cref="Padding.Causal"/>, for layers that have no order of steps.</summary>
    internal PaddingMode NotCausal() => Kind == Padding.Causal ? throw Refused("causal") : this;

    private static ArgumentException Refused(string identifier) =>
        new($"The `padding` argument must be one of {{'same', 'valid'}}, or 'causal' in Conv1D. Received: {identifier}");
}
