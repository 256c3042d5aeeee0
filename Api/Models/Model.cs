using GpuKeras.Layers;
using GpuKeras.Utilities;

namespace GpuKeras;

/// <summary>A layer that can be trained, evaluated, saved: a graph of layers, or a subclass with a forward pass of its own.</summary>
/// <remarks>
/// Functional: <c>new Model(inputs, outputs)</c> from symbolic tensors. Subclass: layers in fields, the forward pass in
/// <see cref="Layer.Call(Tensor, bool)"/>. A stack of layers is a <see cref="Sequential"/>.
/// </remarks>
public partial class Model : Layer
{
    private readonly FunctionalGraph? graph;

    /// <summary>A model whose subclass has its layers in fields and overrides <c>Call</c>.</summary>
    /// <param name="name">The model's name.</param>
    protected Model(string? name = null)
        : base(name)
    {
    }

    /// <summary>A functional model: the graph of layers between symbolic inputs and outputs.</summary>
    /// <param name="inputs">What <see cref="Keras.Input"/> returned: one tensor, a list, or tensors by name.</param>
    /// <param name="outputs">What the layers returned, computed from the inputs.</param>
    /// <param name="name">The model's name; by default <c>functional</c>, <c>functional_1</c>, …</param>
    /// <exception cref="ArgumentException">An output is not connected to the inputs, or two layers share a name.</exception>
    public Model(TensorStructure inputs, TensorStructure outputs, string? name = null)
        : base(name ?? AutomaticNames.Next("functional"))
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        graph = new FunctionalGraph(inputs, outputs);
        MarkBuilt();
    }

    /// <summary>The model's layers in order.</summary>
    public virtual IReadOnlyList<Layer> Layers => SubLayers;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> SubLayers => graph?.Layers ?? base.SubLayers;

    /// <summary>The symbolic inputs of a functional model, or null.</summary>
    public virtual TensorStructure? Inputs => graph?.Inputs;

    /// <summary>The symbolic outputs of a functional model, or null.</summary>
    public virtual TensorStructure? Outputs => graph?.Outputs;

    /// <summary>Whether this is a <see cref="Sequential"/> or functional model, whose layers Keras keeps in a list.</summary>
    internal virtual bool IsGraph => graph is not null;

    /// <summary>The graph of a functional model, or null.</summary>
    internal virtual FunctionalGraph? Graph => graph;

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <summary>The layer with a name.</summary>
    /// <exception cref="ArgumentException">There is no such layer; the message lists those that there are.</exception>
    public Layer GetLayer(string name) => Layers.FirstOrDefault(layer => layer.Name == name)
        ?? throw new ArgumentException($"No such layer: {name}. Existing layers are: [{string.Join(", ", Layers.Select(static layer => $"'{layer.Name}'"))}].");

    /// <summary>The layer at a position in <see cref="Layers"/>; <c>^1</c> is the last.</summary>
    public Layer GetLayer(Index index) => Layers[index.GetOffset(Layers.Count)];

    /// <summary>Makes the weights for inputs of a shape, before any data is seen.</summary>
    /// <param name="inputShape">The shape with the batch axis, whose size may be unknown: <c>[Shape.Unknown, 784]</c>.</param>
    public void EnsureBuilt(Shape inputShape) => ApplyAll(Tensor.Symbolic(inputShape, DType));

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context) =>
        Graph is { } known ? known.Run(MatchInputs(known, inputs), context.Training) : base.Call(inputs, context);

    private Tensor[] MatchInputs(FunctionalGraph graph, TensorStructure inputs)
    {
        var expected = graph.Inputs;
        if (inputs.Count != expected.Count)
            throw new ArgumentException(
                $"Layer \"{Name}\" expects {expected.Count} input(s) named [{string.Join(", ", graph.InputNames.Select(static name => $"'{name}'"))}], " +
                $"but it received {inputs.Count} input tensors.");
        var values = new Tensor[expected.Count];
        var position = 0;
        foreach (var name in graph.InputNames)
        {
            var key = expected.Names?[position] ?? name;
            if (inputs.Names is null)
                values[position] = inputs[position];
            else if (inputs.TryGet(key, out var value) || inputs.TryGet(name, out value))
                values[position] = value;
            else
                throw new ArgumentException($"Layer \"{Name}\": there is no input called '{key}'; got {inputs}.");
            values[position] = Conform(values[position], expected[position], key);
            position++;
        }
        return values;
    }

    /// <summary>Converts an input to the dtype its entry declares, and checks its shape; a missing or extra last axis of 1 is forgiven, as in Keras.</summary>
    private Tensor Conform(Tensor value, Tensor declared, string name)
    {
        if (value.Rank == declared.Rank + 1 && value.Shape[^1] == 1)
            value = value.Squeeze(-1);
        else if (value.Rank == declared.Rank - 1 && declared.Shape[^1] == 1)
            value = value.ExpandDims(-1);
        var fits = value.Rank == declared.Rank;
        for (var axis = 0; fits && axis < declared.Rank; axis++)
            fits = declared.Shape[axis] == Shape.Unknown || value.Shape[axis] == Shape.Unknown || declared.Shape[axis] == value.Shape[axis];
        if (!fits)
            throw new ShapeException(
                $"Input '{name}' of model '{Name}' is incompatible with the model: expected shape={declared.Shape.ToKerasString()}, found shape={value.Shape.ToKerasString()}");
        return value.DType == declared.DType ? value : value.Cast(declared.DType);
    }
}
