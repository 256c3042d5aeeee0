using System.Text.Json.Nodes;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>Writes a functional model's configuration.</summary>
internal sealed class FunctionalWriter
{
    private readonly Dictionary<object, List<GraphNode>> calls = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> owners = [];
    private readonly OperationWriter operations;

    private FunctionalWriter(FunctionalGraph graph)
    {
        foreach (var input in graph.Inputs)
            if (input.Producer is not LayerNode { Layer: InputLayer })
                throw new NotSupportedException(
                    $"model: its input of shape {input.Shape} is the output of layer '{((LayerNode)input.Producer!).Layer.Name}'. Hint: start the model from " +
                    "Keras.Input, and call the layers on it.");
        operations = new OperationWriter(graph);
        foreach (var node in FunctionalGraph.Order(graph.Inputs, graph.Outputs, operations.ProducerOf))
        {
            object owner = node is LayerNode call ? call.Layer : node;
            if (!calls.TryGetValue(owner, out var list))
            {
                calls[owner] = list = [];
                owners.Add(owner);
            }
            list.Add(node);
        }
        foreach (var list in calls.Values)
            list.Sort(static (a, b) => CallIndex(a).CompareTo(CallIndex(b)));
    }

    /// <summary>The configuration of a model with a graph.</summary>
    /// <exception cref="NotSupportedException">The graph has what Keras' files cannot say; the message lists all of it.</exception>
    public static JsonObject Write(Model model)
    {
        var writer = new FunctionalWriter(model.Graph!);
        return new JsonObject
        {
            ["name"] = model.Name,
            ["trainable"] = model.Trainable,
            ["layers"] = writer.Layers(),
            ["input_layers"] = Structure(model.Graph!.Inputs, writer.Endpoint),
            ["output_layers"] = Structure(model.Graph.Outputs, writer.Endpoint),
        };
    }

    private JsonArray Layers()
    {
        var layers = new JsonArray();
        foreach (var owner in owners)
        {
            if (owner is not Layer layer)
            {
                layers.Add(operations.Write((KerasOperationNode)owner, Reference));
                continue;
            }
            var serialized = KerasConfig.Serialize(layer);
            serialized["name"] = layer.Name;
            serialized["inbound_nodes"] = new JsonArray(
                [.. calls[owner].Where(static call => call.Inputs.Count > 0).Select(call => LayerCalls.Describe((LayerNode)call).ToJson(Reference))]);
            layers.Add(serialized);
        }
        return layers;
    }

    /// <summary>A tensor among a call's arguments.</summary>
    private JsonNode? Reference(Tensor tensor)
    {
        if (tensor.Producer is null)
            return OperationWriter.Constant(tensor);
        var (name, call, output) = Find(tensor);
        return new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject
            {
                ["shape"] = ConfigValues.ToJson(tensor.Shape),
                ["dtype"] = tensor.DType.KerasName(),
                ["keras_history"] = new JsonArray(name, call, output),
            },
        };
    }

    // Among a model's inputs and outputs, and only there, Keras counts the calls of a functional model from 1.
    private JsonArray Endpoint(Tensor tensor)
    {
        var (name, call, output) = Find(tensor);
        var counted = tensor.Producer is LayerNode { Layer: Model { Graph: not null } and not Sequential } ? call + 1 : call;
        return new JsonArray(name, counted, output);
    }

    private (string Name, int Call, int Output) Find(Tensor tensor)
    {
        var output = 0;
        while (!ReferenceEquals(tensor.Producer!.Outputs[output], tensor))
            output++;
        return operations.ProducerOf(tensor) switch
        {
            LayerNode call => (call.Layer.Name, calls[call.Layer].IndexOf(call), output),
            var operation => (operations.NameOf((KerasOperationNode)operation!), 0, output),
        };
    }

    private static JsonNode Structure(TensorStructure tensors, Func<Tensor, JsonArray> write)
    {
        if (tensors.IsSingle)
            return write(tensors.Single);
        return tensors.Names is { } names
            ? new JsonObject(names.Zip(tensors.Tensors).Select(entry => KeyValuePair.Create(entry.First, (JsonNode?)write(entry.Second))))
            : new JsonArray([.. tensors.Tensors.Select(write)]);
    }

    private static int CallIndex(GraphNode node) => node is LayerNode call ? call.CallIndex : 0;
}
