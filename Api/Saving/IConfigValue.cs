using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>A value type of the API that writes itself into a configuration; it also has a static <c>FromJson(JsonNode)</c>.</summary>
public interface IConfigValue
{
    /// <summary>The value as Keras writes it.</summary>
    JsonNode? ToJson();
}
