using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>The layers that a file tells of: from the architecture, or from the groups of weights where there is none that lists them.</summary>
internal static class LayerListing
{
    /// <summary>Lists the layers.</summary>
    /// <param name="config">The serialized model; empty for a file of weights alone.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="objects">The objects that the file names, by path; none for formats whose weights' names have the layers' names in them.</param>
    public static IReadOnlyList<ListedLayer> Of(
        JsonObject config, IReadOnlyList<StoredWeight> weights, IReadOnlyList<(string Path, string Name)> objects)
    {
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        CollectShapes(config, shapes);
        var paths = objects.ToLookup(static item => item.Name, static item => item.Path, StringComparer.Ordinal);
        List<ListedLayer> layers = [.. FromConfig(config, shapes, CountOf, nesting: 0)];
        return layers.Count > 0 ? layers : [.. FromWeights(weights, objects)];

        long CountOf(string name) => objects.Count > 0
            ? paths[name].Select(path => Count(weights, path)).DefaultIfEmpty().Max()
            : weights.Where(weight => weight.Name.Split('/').Contains(name)).Sum(static weight => weight.Elements);
    }

    private static IEnumerable<ListedLayer> FromConfig(
        JsonObject serialized, Dictionary<string, string> shapes, Func<string, long> countOf, int nesting)
    {
        if (serialized["config"] is not JsonObject config || config["layers"] is not JsonArray layers)
            yield break;
        foreach (var layer in layers.OfType<JsonObject>())
        {
            var inner = layer["config"] as JsonObject;
            var name = ConfigText.Of(inner?["name"] ?? layer["name"]);
            yield return new ListedLayer(
                name, ConfigText.Of(layer["registered_name"] ?? layer["class_name"]),
                shapes.GetValueOrDefault(name) ?? ConfigText.OfShape(inner?["batch_shape"]), countOf(name), nesting);
            foreach (var nested in FromConfig(layer, shapes, countOf, nesting + 1))
                yield return nested;
        }
    }

    private static IEnumerable<ListedLayer> FromWeights(
        IReadOnlyList<StoredWeight> weights, IReadOnlyList<(string Path, string Name)> objects)
    {
        foreach (var (path, _) in objects.OrderBy(static item => item.Path, StringComparer.Ordinal))
            if (path.Length > 0 && path != "optimizer")
                yield return new ListedLayer(path, "", "", Count(weights, path), Nesting: 0);
    }

    private static long Count(IReadOnlyList<StoredWeight> weights, string path) =>
        weights.Where(weight => weight.Name.StartsWith(path + "/", StringComparison.Ordinal)).Sum(static weight => weight.Elements);

    // Where a layer's output goes into another, the architecture has its shape: {"class_name": "__keras_tensor__", "config": {…}}.
    private static void CollectShapes(JsonNode? node, Dictionary<string, string> shapes)
    {
        if (node is JsonArray list)
            foreach (var entry in list)
                CollectShapes(entry, shapes);
        if (node is not JsonObject named)
            return;
        if (named["class_name"] is JsonValue name && name.TryGetValue(out string? text) && text == "__keras_tensor__"
            && named["config"] is JsonObject config && config["keras_history"] is JsonArray { Count: > 0 } history)
            shapes.TryAdd(ConfigText.Of(history[0]), ConfigText.OfShape(config["shape"]));
        foreach (var (_, value) in named)
            CollectShapes(value, shapes);
    }
}
