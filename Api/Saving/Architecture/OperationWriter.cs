using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Names and writes the operations between the layers of a model's graph.</summary>
internal sealed class OperationWriter
{
    private readonly Dictionary<GraphNode, string> names = new(ReferenceEqualityComparer.Instance);

    public OperationWriter(FunctionalGraph graph)
    {
        var taken = new HashSet<string>(graph.Layers.Select(static layer => layer.Name), StringComparer.Ordinal);
        foreach (var node in graph.Nodes.OfType<KerasOperationNode>())
            names[node] = Unused(node.Name, taken);
    }

    public string NameOf(GraphNode node) => names[node];

    /// <summary>The entries of an operation in a model's list of layers.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="reference">How a tensor is written.</param>
    public IEnumerable<JsonObject> Write(GraphNode node, Func<Tensor, JsonNode?> reference)
    {
        if (node is not KerasOperationNode { Operation: var operation } named)
            throw new NotSupportedException($"operation '{((OperationNode)node).Operation.Name}': Keras' files have no such operation. Hint: write a Layer subclass.");
        var config = named.Config.DeepClone().AsObject();
        if (config.ContainsKey("name"))
            config["name"] = names[node];
        return [Entry(operation.Module, operation.ClassName, names[node], config, named.Call.ToJson(reference))];
    }

    /// <summary>A tensor with values as Keras writes it: a number, or a serialized tensor.</summary>
    public static JsonNode? Constant(Tensor tensor) => tensor.Rank == 0
        ? tensor.ToScalar()
        : new JsonObject
        {
            ["class_name"] = "__tensor__",
            ["config"] = new JsonObject { ["value"] = ConfigValues.ToJson(tensor), ["dtype"] = tensor.DType.KerasName() },
        };

    private static JsonObject Entry(string module, string className, string name, JsonObject config, JsonObject call) => new()
    {
        ["module"] = module,
        ["class_name"] = className,
        ["config"] = config,
        ["registered_name"] = className,
        ["name"] = name,
        ["inbound_nodes"] = new JsonArray(call),
    };

    private static string Unused(string name, HashSet<string> taken)
    {
        var candidate = name;
        for (var i = 1; !taken.Add(candidate); i++)
            candidate = $"{name}_{i}";
        return candidate;
    }
}
