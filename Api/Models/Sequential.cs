using GpuKeras.Layers;

namespace GpuKeras;

/// <summary>A stack of layers, each called on the output of the one before.</summary>
public sealed partial class Sequential : Model
{
    private readonly List<Layer> stack = [];
    private InputLayer? input;
    private FunctionalGraph? graph;

    /// <summary>A stack of layers.</summary>
    /// <param name="layers">The layers from the input to the output. With an <see cref="InputLayer"/> first, the weights are made at once.</param>
    /// <param name="name">The model's name; by default <c>sequential</c>, <c>sequential_1</c>, …</param>
    /// <exception cref="ArgumentException">Two layers share a name.</exception>
    public Sequential(IReadOnlyList<Layer>? layers = null, string? name = null)
        : base(name)
    {
        foreach (var layer in layers ?? [])
            Append(layer);
        if (input is not null)
            BuildGraph(input);
    }

    /// <summary>The layers, without the <see cref="InputLayer"/>.</summary>
    public override IReadOnlyList<Layer> Layers => stack;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> SubLayers => stack;

    /// <inheritdoc/>
    public override TensorStructure? Inputs => graph?.Inputs;

    /// <inheritdoc/>
    public override TensorStructure? Outputs => graph?.Outputs;

    /// <inheritdoc/>
    internal override bool IsGraph => true;

    /// <inheritdoc/>
    internal override FunctionalGraph? Graph => graph;

    /// <summary>Puts a layer on top of the stack.</summary>
    /// <exception cref="ArgumentException">A layer of this name is there already.</exception>
    public void Add(Layer layer)
    {
        Append(layer);
        if (input is not null)
            BuildGraph(input);
    }

    /// <summary>Takes the topmost layer off the stack.</summary>
    /// <returns>The layer.</returns>
    /// <exception cref="InvalidOperationException">The stack is empty.</exception>
    public Layer Pop()
    {
        if (stack.Count == 0)
            throw new InvalidOperationException($"Sequential '{Name}': there are no layers to remove");
        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        if (input is not null)
            BuildGraph(input);
        return top;
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        if (graph is null)
            BuildGraph(new InputLayer(inputShape[1..], batchSize: null, DType));
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        if (graph is not null)
            return base.Call(inputs, context);
        var outputs = inputs;
        foreach (var layer in stack)
            outputs = layer.ApplyAll(outputs, context.Training);
        return outputs;
    }

    private void Append(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer is InputLayer entry)
        {
            if (input is not null || stack.Count > 0)
                throw new ArgumentException($"Sequential '{Name}': an InputLayer must come first and once; '{entry.Name}' does not");
            input = entry;
            return;
        }
        if (stack.Any(other => other.Name == layer.Name))
            throw new ArgumentException(
                $"All layers added to a Sequential model should have unique names. Name '{layer.Name}' is already the name of a layer in this model. " +
                "Update the `name` argument to pass a unique name.");
        stack.Add(layer);
        ForgetFoundState();
    }

    private void BuildGraph(InputLayer entry)
    {
        input = entry;
        TensorStructure outputs = entry.Output;
        WithinPath(() =>
        {
            foreach (var layer in stack)
                outputs = layer.ApplyAll(outputs);
        });
        graph = stack.Count == 0 ? null : new FunctionalGraph(entry.Output, outputs);
        MarkBuilt();
    }
}
