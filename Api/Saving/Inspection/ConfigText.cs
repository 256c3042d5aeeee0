using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Configurations as short text for people: <c>Adam(learning_rate=0.001, beta_1=0.9)</c>.</summary>
internal static class ConfigText
{
    /// <summary>The text of a value.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        null => "none",
        JsonObject instance when instance["class_name"] is JsonValue className => OfInstance(className, instance["config"]),
        JsonObject named => "{" + string.Join(", ", named.Select(static entry => $"{entry.Key}: {Of(entry.Value)}")) + "}",
        JsonArray list => "[" + string.Join(", ", list.Select(Of)) + "]",
        JsonValue text when text.TryGetValue(out string? content) => content,
        _ => value.ToJsonString(),
    };

    /// <summary>A shape as Keras writes it, such as <c>(None, 32)</c>; other values as text.</summary>
    public static string OfShape(JsonNode? shape) => shape switch
    {
        null => "",
        JsonArray sizes when sizes.All(static size => size is null or JsonValue) =>
            $"({string.Join(", ", sizes.Select(static size => size?.ToJsonString() ?? "None"))}{(sizes.Count == 1 ? "," : "")})",
        JsonArray shapes => string.Join(", ", shapes.Select(OfShape)),
        JsonObject named => string.Join(", ", named.Select(static entry => $"{entry.Key} {OfShape(entry.Value)}")),
        _ => Of(shape),
    };

    // Names of optimizers and losses say nothing, and what is switched off is left out.
    private static string OfInstance(JsonValue className, JsonNode? config) => config is JsonObject values
        ? $"{Of(className)}({string.Join(", ", values.Where(IsSaid).Select(static entry => $"{entry.Key}={Of(entry.Value)}"))})"
        : config is null ? Of(className) : Of(config);

    private static bool IsSaid(KeyValuePair<string, JsonNode?> entry) =>
        entry is { Key: not "name", Value: not null } && !(entry.Value is JsonValue value && value.TryGetValue(out bool flag) && !flag);
}
