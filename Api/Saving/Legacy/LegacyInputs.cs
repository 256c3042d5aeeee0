using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>The entries that Keras 2 left to the first layer of a stack, which said its input's shape itself.</summary>
internal static class LegacyInputs
{
    /// <summary>The entry for a stack's first layer; null if it is one, or if nothing says the shape.</summary>
    public static JsonObject? EntryOf(ConfigReader first)
    {
        var className = first["class_name"].Text();
        if (className == "InputLayer" || first.Object().ContainsKey("module") || ShapeOf(first) is not { } shape)
            return null;
        var own = first["config"].Value as JsonObject;
        // Numbers of an embedding are whole, whatever the dtype of its vectors: as float32, those above 2^24 would not be.
        var dtype = className == "Embedding" ? "int32" : LegacyObjects.DTypeOfInput(own?["dtype"]);
        var name = own?["name"] is JsonValue given && given.TryGetValue(out string? text) ? text : "sequential";
        return LegacyObjects.Form("keras.layers", "InputLayer", new JsonObject
        {
            ["batch_shape"] = LegacyObjects.Plain(shape),
            ["dtype"] = dtype,
            ["name"] = $"{name}_input",
        });
    }

    private static JsonNode? ShapeOf(ConfigReader layer)
    {
        var config = layer["config"];
        if (config.Value is JsonObject own && (own["batch_input_shape"] ?? own["batch_shape"]) is { } shape)
            return shape;
        // A model as the first layer has an entry of its own, and in Keras 2 the stack had its shape.
        var layers = config.Value is JsonArray ? config : (config.Value as JsonObject)?["layers"] is JsonArray ? config["layers"] : default;
        if (layers.IsNull)
            return null;
        return layer["class_name"].Text() == "Sequential"
            ? layers.Items().Select(ShapeOf).FirstOrDefault()
            : layers.Items().Where(static inner => inner["class_name"].Text() == "InputLayer").Select(ShapeOf).FirstOrDefault();
    }
}
