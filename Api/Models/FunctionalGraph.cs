using GpuKeras.Layers;
using GpuKeras.Saving;

namespace GpuKeras;

/// <summary>The graph between a functional model's inputs and outputs, in an order in which it can be run.</summary>
/// <remarks>The order is Keras': by depth from the outputs, ties in the order of a depth-first walk. It fixes the order of layers and weights.</remarks>
internal sealed class FunctionalGraph
{
    private readonly TensorStructure inputs;
    private readonly TensorStructure outputs;
    private readonly List<GraphNode> nodes;
    private readonly Dictionary<Tensor, int> slots = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerNode, LayerNode> fusedRelus = new(ReferenceEqualityComparer.Instance);

    public FunctionalGraph(TensorStructure inputs, TensorStructure outputs)
    {
        foreach (var input in inputs.Tensors)
            if (input.Producer is not LayerNode)
                throw new ArgumentException($"model inputs: must come from Keras.Input or a layer; got a tensor of shape {input.Shape}");
        (this.inputs, this.outputs) = (inputs, outputs);
        nodes = Order(inputs, outputs, static tensor => tensor.Producer);
        foreach (var tensor in inputs.Tensors.Concat(nodes.SelectMany(static node => node.Outputs)))
            slots.TryAdd(tensor, slots.Count);
        Layers = [.. nodes.OfType<LayerNode>().Select(static node => node.Layer).Distinct()];
        CheckNames();
        FindFusedRelus();
    }

    public TensorStructure Inputs => inputs;

    public TensorStructure Outputs => outputs;

    /// <summary>The steps in the order in which they are run, input layers included.</summary>
    public IReadOnlyList<GraphNode> Nodes => nodes;

    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The names of the inputs: those of their layers.</summary>
    public IEnumerable<string> InputNames => inputs.Tensors.Select(static tensor => ((LayerNode)tensor.Producer!).Layer.Name);

    /// <summary>The steps between inputs and outputs in Keras' order.</summary>
    /// <param name="inputs">The symbolic inputs.</param>
    /// <param name="outputs">The symbolic outputs.</param>
    /// <param name="producerOf">What makes a tensor; null for a constant.</param>
    public static List<GraphNode> Order(TensorStructure inputs, TensorStructure outputs, Func<Tensor, GraphNode?> producerOf) =>
        new DepthOrder(inputs, outputs, producerOf).Sort();

    /// <summary>Runs the graph on other tensors than the symbolic ones it was made of.</summary>
    public TensorStructure Run(IReadOnlyList<Tensor> values, bool training)
    {
        var computed = new Tensor?[slots.Count];
        for (var i = 0; i < inputs.Count; i++)
            computed[slots[inputs[i]]] = values[i];
        foreach (var node in nodes)
        {
            if (computed[slots[node.Outputs[0]]] is not null)
                continue;
            if (node is LayerNode call)
            {
                var arguments = call.InputStructure.Map(tensor => Value(tensor, computed));
                // A relu that is computed with its input has no step of its own: its result is there when its turn comes.
                var fused = fusedRelus.GetValueOrDefault(call);
                var masks = call.Masks?.Select(mask => mask is null ? null : Value(mask, computed)).ToArray();
                var results = call.Layer.ApplyWith(
                    arguments, call.Training ?? training, masks, fused is null ? call.Arguments : FollowedByRelu.Instance);
                var produced = (fused ?? call).OutputStructure;
                for (var i = 0; i < results.Count; i++)
                    computed[slots[produced[i]]] = results[i];
            }
            else if (node is KerasOperationNode named)
            {
                var results = named.Run(tensor => Value(tensor, computed));
                for (var i = 0; i < results.Count; i++)
                    computed[slots[named.Outputs[i]]] = results[i];
            }
            else if (node is OperationNode operation)
            {
                var arguments = new Tensor[operation.Inputs.Count];
                for (var i = 0; i < arguments.Length; i++)
                    arguments[i] = Value(operation.Inputs[i], computed);
                computed[slots[operation.Output]] = operation.Operation.Apply(arguments);
            }
        }
        return outputs.Map(tensor => Value(tensor, computed));
    }

    // A constant in the graph is a tensor with values, which no step computes.
    private Tensor Value(Tensor tensor, Tensor?[] computed) => slots.TryGetValue(tensor, out var slot) ? computed[slot]! : tensor;

    /// <summary>Finds the calls whose output goes into nothing but a relu that the layer can apply itself.</summary>
    private void FindFusedRelus()
    {
        var readers = new Dictionary<Tensor, List<GraphNode?>>(ReferenceEqualityComparer.Instance);
        void Read(Tensor tensor, GraphNode? reader)
        {
            if (!readers.TryGetValue(tensor, out var list))
                readers[tensor] = list = [];
            list.Add(reader);
        }

        foreach (var tensor in inputs.Tensors.Concat(outputs.Tensors))
            Read(tensor, null);
        foreach (var node in nodes)
            foreach (var tensor in node.Inputs)
                Read(tensor, node);
        foreach (var call in nodes.OfType<LayerNode>())
            if (call is { Layer: IReluFusion, Layer.ActivityRegularizer: null, Arguments: null, OutputStructure.IsSingle: true }
                && readers.GetValueOrDefault(call.OutputStructure.Single) is [LayerNode { Layer.ActivityRegularizer: null } relu]
                && FollowedByRelu.IsRelu(relu.Layer) && relu.Layer.DType == call.Layer.DType)
                fusedRelus.Add(call, relu);
    }

    private void CheckNames()
    {
        foreach (var group in Layers.GroupBy(static layer => layer.Name))
            if (group.Count() > 1)
                throw new ArgumentException($"The name \"{group.Key}\" is used {group.Count()} times in the model. All layer names should be unique.");
    }

    /// <summary>Keras' ordering of the nodes between inputs and outputs.</summary>
    private sealed class DepthOrder(TensorStructure inputs, TensorStructure outputs, Func<Tensor, GraphNode?> producerOf)
    {
        private readonly Dictionary<object, int> visitOrder = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<GraphNode> finished = new(ReferenceEqualityComparer.Instance);
        private readonly List<GraphNode> decreasingDepth = [];
        private readonly HashSet<Tensor> inputSet = new(inputs.Tensors, ReferenceEqualityComparer.Instance);

        public List<GraphNode> Sort()
        {
            foreach (var output in outputs.Tensors)
                Visit(output);
            var nodeDepths = new Dictionary<GraphNode, int>(ReferenceEqualityComparer.Instance);
            var ownerDepths = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
            foreach (var node in Enumerable.Reverse(decreasingDepth))
            {
                var owner = Owner(node);
                var depth = Math.Max(nodeDepths.GetValueOrDefault(node), ownerDepths.GetValueOrDefault(owner));
                nodeDepths[node] = ownerDepths[owner] = depth;
                if (node.Outputs.Any(inputSet.Contains))
                    continue;
                foreach (var input in node.Inputs)
                    if (producerOf(input) is { } producer)
                        nodeDepths[producer] = Math.Max(depth + 1, nodeDepths.GetValueOrDefault(producer));
            }
            // Inputs that no output depends on still belong to the model.
            foreach (var input in inputs.Tensors)
                if (producerOf(input) is { } unused && finished.Add(unused))
                    decreasingDepth.Add(unused);
            // A layer used several times sorts by its deepest call, its calls by their own depth, so that running stays in order.
            return [.. decreasingDepth
                .OrderByDescending(node => nodeDepths.GetValueOrDefault(node))
                .ThenBy(node => visitOrder.GetValueOrDefault(Owner(node), -1))];
        }

        private static object Owner(GraphNode node) => node is LayerNode call ? call.Layer : node;

        // Depth first, with a stack of its own: a file may have a chain of layers that is too long for the thread's.
        private void Visit(Tensor output)
        {
            var pending = new Stack<(GraphNode Node, int NextInput)>();
            Enter(output, output, pending);
            while (pending.TryPop(out var step))
            {
                var (node, next) = step;
                if (next < node.Inputs.Count)
                {
                    pending.Push((node, next + 1));
                    Enter(node.Inputs[next], output, pending);
                }
                else if (finished.Add(node))
                    decreasingDepth.Add(node);
            }
        }

        private void Enter(Tensor tensor, Tensor output, Stack<(GraphNode Node, int NextInput)> pending)
        {
            if (producerOf(tensor) is not { } node)
            {
                // A constant needs no step; a symbolic tensor without one cannot be computed.
                if (tensor.IsSymbolic || ReferenceEquals(tensor, output))
                    throw new ArgumentException($"model: output of shape {output.Shape} is not connected to the inputs. Hint: pass every Keras.Input it depends on.");
                return;
            }
            if (finished.Contains(node))
                return;
            visitOrder.TryAdd(Owner(node), visitOrder.Count);
            if (!inputSet.Contains(tensor) && node.Inputs.Count == 0)
                throw new ArgumentException(
                    $"model: output of shape {output.Shape} depends on input '{((LayerNode)node).Layer.Name}', which is not among the inputs. Hint: add it to the inputs.");
            // What lies before the model's inputs is not part of it.
            pending.Push((node, inputSet.Contains(tensor) ? node.Inputs.Count : 0));
        }
    }
}
