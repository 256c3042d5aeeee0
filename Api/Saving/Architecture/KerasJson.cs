using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>JSON text of configurations, read with limits and written as Keras lays it out.</summary>
internal static class KerasJson
{
    // A model within a model takes four levels.
    private const int MaxDepth = 200;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions Writing = new()
    {
        MaxDepth = 2 * MaxDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads an object.</summary>
    /// <param name="json">The text.</param>
    /// <param name="what">What it is, for errors.</param>
    /// <exception cref="ModelConfigException">It is no JSON, nested too deeply, names a key twice, or is no object.</exception>
    public static JsonObject Parse(string json, string what = "configuration")
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Reading) as JsonObject ?? throw new ModelConfigException(what, "must be a JSON object");
        }
        catch (JsonException exception)
        {
            throw new ModelConfigException(what, $"cannot be read as JSON: {exception.Message}", exception);
        }
    }

    public static string ToText(JsonNode node) => node.ToJsonString(Writing);
}
