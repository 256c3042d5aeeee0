using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Names and writes the operations between the layers of a model's graph.</summary>
internal sealed class OperationWriter
{
    private readonly Dictionary<GraphNode, KerasOperationNode> translated = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GraphNode, string> names = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="NotSupportedException">Keras has no such operation; the message lists them all.</exception>
    public OperationWriter(FunctionalGraph graph)
    {
        var taken = new HashSet<string>(graph.Layers.Select(static layer => layer.Name), StringComparer.Ordinal);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.OfType<KerasOperationNode>())
            names[node] = Unused(node.Name, taken);
        foreach (var node in graph.Nodes.OfType<OperationNode>())
            if (OperationTranslation.Of(node, name => Unused(name, taken)) is { } steps)
            {
                translated[node] = steps[^1];
                foreach (var step in steps)
                    names[step] = step.Name;
            }
            else
                unknown.Add(node.Operation.Name);
        if (unknown.Count > 0)
            throw new NotSupportedException(
                $"model: Keras' files have no operations for {string.Join(", ", unknown)}, which are applied between the layers. " +
                "Hint: put them into a Layer subclass, and register it with [KerasSerializable].");
    }

    /// <summary>What makes a tensor in Keras' graph: a layer's call, or one of Keras' operations; null for a constant.</summary>
    public GraphNode? ProducerOf(Tensor tensor) => tensor.Producer is OperationNode node ? translated[node] : tensor.Producer;

    /// <summary>The operation's name.</summary>
    public string NameOf(KerasOperationNode node) => names[node];

    /// <summary>The entry of an operation in a model's list of layers.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="reference">How a tensor is written.</param>
    public JsonObject Write(KerasOperationNode node, Func<Tensor, JsonNode?> reference)
    {
        var config = node.Config.DeepClone().AsObject();
        if (config.ContainsKey("name"))
            config["name"] = names[node];
        return new JsonObject
        {
            ["module"] = node.Operation.Module,
            ["class_name"] = node.Operation.ClassName,
            ["config"] = config,
            ["registered_name"] = node.Operation.ClassName,
            ["name"] = names[node],
            ["inbound_nodes"] = new JsonArray(node.Call.ToJson(reference)),
        };
    }

    /// <summary>A tensor with values as Keras writes it: a number, or a serialized tensor.</summary>
    public static JsonNode? Constant(Tensor tensor)
    {
        if (tensor.Rank > 0)
            return new JsonObject
            {
                ["class_name"] = "__tensor__",
                ["config"] = new JsonObject { ["value"] = ConfigValues.ToJson(tensor), ["dtype"] = tensor.DType.KerasName() },
            };
        var number = tensor.ToScalar();
        return tensor.DType == DType.Bool ? number != 0 : tensor.DType.IsFloatingPoint() ? number : (long)number;
    }

    private static string Unused(string name, HashSet<string> taken)
    {
        var candidate = name;
        for (var i = 1; !taken.Add(candidate); i++)
            candidate = $"{name}_{i}";
        return candidate;
    }
}
