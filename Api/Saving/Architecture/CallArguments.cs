using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>What a layer or operation is called with in a model's graph, as Keras writes it.</summary>
/// <remarks>
/// A value is a <see cref="Tensor"/>, a <see cref="JsonNode"/> (a literal), null, a list of values (<c>List&lt;object?&gt;</c>), or values
/// by name (<c>Dictionary&lt;string, object?&gt;</c>).
/// </remarks>
/// <param name="Positional">The arguments by position.</param>
/// <param name="Named">The arguments by name.</param>
internal sealed record CallArguments(List<object?> Positional, Dictionary<string, object?> Named)
{
    /// <summary>All tensors in the arguments, in order.</summary>
    public IEnumerable<Tensor> Tensors => TensorsIn(Positional).Concat(TensorsIn(Named));

    /// <summary>The same call with each tensor replaced.</summary>
    public CallArguments Map(Func<Tensor, Tensor> change) =>
        new((List<object?>)Map(Positional, change)!, (Dictionary<string, object?>)Map(Named, change)!);

    /// <summary>The arguments as Keras writes them.</summary>
    /// <param name="tensor">How a tensor is written.</param>
    public JsonObject ToJson(Func<Tensor, JsonNode?> tensor) => new()
    {
        ["args"] = ToJson(Positional, tensor),
        ["kwargs"] = ToJson(Named, tensor),
    };

    /// <summary>A value without tensors as JSON.</summary>
    public static JsonNode? Literal(object? value) => ToJson(value, static _ => throw new FormatException("a literal is needed here, not a tensor"));

    /// <summary>Reads an argument; a list stays a list.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="tensor">The tensor of a <c>__keras_tensor__</c>.</param>
    public static object? Read(ConfigReader value, Func<ConfigReader, object?> tensor)
    {
        switch (value.Value)
        {
            case JsonArray:
                return value.Items().Select(entry => Read(entry, tensor)).ToList();
            case JsonObject named when (string?)(named["class_name"] as JsonValue) is { } className:
                return className == "__keras_tensor__" ? tensor(value["config"]) : value.Value;
            case JsonObject:
                return value.Entries().ToDictionary(static entry => entry.Key, entry => Read(entry.Value, tensor));
            default:
                return value.Value;
        }
    }

    public static IEnumerable<Tensor> TensorsIn(object? value) => value switch
    {
        Tensor tensor => [tensor],
        List<object?> list => list.SelectMany(TensorsIn),
        Dictionary<string, object?> named => named.Values.SelectMany(TensorsIn),
        _ => [],
    };

    private static object? Map(object? value, Func<Tensor, Tensor> change) => value switch
    {
        Tensor tensor => change(tensor),
        List<object?> list => list.ConvertAll(entry => Map(entry, change)),
        Dictionary<string, object?> named => named.ToDictionary(static entry => entry.Key, entry => Map(entry.Value, change)),
        _ => value,
    };

    private static JsonNode? ToJson(object? value, Func<Tensor, JsonNode?> tensor) => value switch
    {
        Tensor given => tensor(given),
        List<object?> list => new JsonArray([.. list.Select(entry => ToJson(entry, tensor))]),
        Dictionary<string, object?> named => new JsonObject(named.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value, tensor)))),
        JsonNode literal => literal.DeepClone(),
        _ => null,
    };
}
