using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Constant tensors in configurations: numbers, nested lists, and Keras' <c>__tensor__</c> and <c>__numpy__</c>.</summary>
internal static class Constants
{
    /// <summary>Reads a constant.</summary>
    /// <exception cref="FormatException">It is no tensor.</exception>
    public static Tensor Read(JsonNode value)
    {
        if (value is not JsonObject serialized)
            return (Tensor)ConfigValues.FromJson(value, typeof(Tensor))!;
        if ((string?)(serialized["class_name"] as JsonValue) is not ("__tensor__" or "__numpy__") || serialized["config"] is not JsonObject config)
            throw new FormatException("a constant must be a number, nested lists, or a serialized tensor");
        var dtype = config["dtype"] is { } name ? DTypes.Parse(new ConfigReader(name, "dtype").Text()) : DType.Float32;
        return Read(config["value"] ?? throw new FormatException("a constant has no value")).Cast(dtype);
    }
}
