using GpuKeras.Layers;
using GpuKeras.Saving;

namespace GpuKeras;

/// <summary>How a summary names the steps of a functional model's graph and what each is connected to.</summary>
internal sealed class GraphLabels
{
    private readonly List<(object Owner, List<GraphNode> Nodes)> owners = [];
    private readonly Dictionary<GraphNode, string> operationNames = new(ReferenceEqualityComparer.Instance);

    public GraphLabels(FunctionalGraph graph)
    {
        var positions = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<string>(graph.Layers.Select(static layer => layer.Name), StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            object owner = node is LayerNode call ? call.Layer : node;
            if (positions.TryAdd(owner, owners.Count))
                owners.Add((owner, []));
            owners[positions[owner]].Nodes.Add(node);
            if (node is not LayerNode)
                operationNames.Add(node, Unused(Name(node), taken));
        }
        foreach (var (_, nodes) in owners)
            nodes.Sort(static (a, b) => CallIndex(a).CompareTo(CallIndex(b)));
        IsChain = FollowsOneAnother(graph.Nodes);
    }

    /// <summary>Layers, and operations between them, in the graph's order, each with its calls.</summary>
    public IReadOnlyList<(object Owner, List<GraphNode> Nodes)> Owners => owners;

    /// <summary>Whether each step takes the output of the one before and nothing else, so that connections say nothing new.</summary>
    public bool IsChain { get; }

    /// <summary>An operation's name with its type.</summary>
    public string Describe(GraphNode node) => $"{operationNames[node]} ({TypeName(node)})";

    /// <summary>What the calls of an owner take, as <c>name[call][output]</c>.</summary>
    public string Connections(object owner)
    {
        var nodes = owners.First(entry => ReferenceEquals(entry.Owner, owner)).Nodes;
        var sources = nodes.SelectMany(static node => node.Inputs).Where(static input => input.Producer is not null).Select(Describe);
        var text = string.Join(", ", sources);
        return text.Length == 0 ? "-" : text;
    }

    private string Describe(Tensor tensor)
    {
        var producer = tensor.Producer!;
        var name = producer is LayerNode call ? call.Layer.Name : operationNames[producer];
        var output = 0;
        while (!ReferenceEquals(producer.Outputs[output], tensor))
            output++;
        return $"{name}[{CallIndex(producer)}][{output}]";
    }

    private static string Name(GraphNode node) => node is KerasOperationNode named ? named.Name : ((OperationNode)node).Operation.Name;

    private static string TypeName(GraphNode node) => node is KerasOperationNode named
        ? named.Operation.ClassName
        : Utilities.Identifiers.ToPascalCase(((OperationNode)node).Operation.Name);

    private static int CallIndex(GraphNode node) => node is LayerNode call ? call.CallIndex : 0;

    private static string Unused(string name, HashSet<string> taken)
    {
        var candidate = name;
        for (var i = 1; !taken.Add(candidate); i++)
            candidate = $"{name}_{i}";
        return candidate;
    }

    private static bool FollowsOneAnother(IReadOnlyList<GraphNode> nodes)
    {
        var layers = new HashSet<Layer>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is LayerNode call && !layers.Add(call.Layer))
                return false;
            var sources = nodes[i].Inputs.Where(static input => input.Producer is not null).ToArray();
            if (i == 0 ? sources.Length > 0 : sources is not [var source] || !ReferenceEquals(source.Producer, nodes[i - 1]))
                return false;
        }
        return true;
    }
}
