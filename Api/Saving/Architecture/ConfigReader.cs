using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>A value in a configuration and the way to it, which every complaint about it names.</summary>
/// <param name="Value">The value; null for JSON's null and where there is none.</param>
/// <param name="Path">The way, such as <c>config.layers[3].inbound_nodes</c>.</param>
internal readonly record struct ConfigReader(JsonNode? Value, string Path)
{
    public bool IsNull => Value is null;

    public ConfigReader this[string key] => new(Object()[key], $"{Path}.{key}");

    public JsonObject Object() => Value as JsonObject ?? throw Expected("an object");

    public IEnumerable<ConfigReader> Items()
    {
        var list = Value as JsonArray ?? throw Expected("a list");
        for (var i = 0; i < list.Count; i++)
            yield return new(list[i], $"{Path}[{i}]");
    }

    public IEnumerable<(string Key, ConfigReader Value)> Entries()
    {
        foreach (var (key, value) in Object())
            yield return (key, new(value, $"{Path}.{key}"));
    }

    public string Text() => Value is JsonValue value && value.TryGetValue(out string? text) ? text : throw Expected("a string");

    public int Integer() => Value is JsonValue value && value.TryGetValue(out int number) ? number : throw Expected("an integer below 2^31");

    public double Number() => Value is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number)
        ? number
        : throw Expected("a number");

    public bool Flag() => Value is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Expected("true or false");

    /// <summary>A tensor's shape, <c>null</c> for an unknown size.</summary>
    public Shape Shape()
    {
        var sizes = Items().Select(static size => size.IsNull ? GpuKeras.Shape.Unknown : size.NotNegative()).ToArray();
        return sizes.Length <= Limits.MaxRank ? new Shape(sizes) : throw Expected($"a shape of at most {Limits.MaxRank} axes");
    }

    public ModelConfigException Expected(string what) => new(Path, $"must be {what}; got {Excerpt()}");

    public ModelConfigException Error(string problem, Exception? innerException = null) => new(Path, problem, innerException);

    private int NotNegative() => Integer() is >= 0 and var size ? size : throw Expected("a size of 0 or more, or null");

    /// <summary>The start of the value's text.</summary>
    public string Excerpt()
    {
        const int longest = 80;
        var text = Value?.ToJsonString() ?? "nothing";
        return text.Length <= longest ? text : text[..longest] + "…";
    }

    /// <summary>What no model that anybody made goes beyond.</summary>
    internal static class Limits
    {
        public const int MaxRank = 8;

        /// <summary>Layers and calls in one model.</summary>
        public const int MaxLayers = 20_000;

        /// <summary>Layers in one model, with those within layers.</summary>
        public const int MaxLayersWithin = 100_000;
    }
}
