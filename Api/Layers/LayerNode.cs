namespace GpuKeras.Layers;

/// <summary>A layer call in a model's graph.</summary>
public sealed class LayerNode : GraphNode
{
    private readonly IReadOnlyList<Tensor> tensors;

    internal LayerNode(
        Layer layer, TensorStructure inputs, bool? training, object? arguments = null, IReadOnlyList<Tensor?>? masks = null)
    {
        Masks = masks;
        tensors = masks is null ? inputs.Tensors : [.. inputs.Tensors, .. masks.OfType<Tensor>()];
        Layer = layer;
        InputStructure = inputs;
        Training = training;
        Arguments = arguments;
        CallIndex = layer.NextCallIndex();
    }

    /// <summary>The layer; a shared layer has several nodes.</summary>
    public Layer Layer { get; }

    /// <summary>How many symbolic calls of the layer came before this one.</summary>
    public int CallIndex { get; }

    /// <summary>What the layer was called on.</summary>
    public TensorStructure InputStructure { get; }

    /// <summary>What the layer returned.</summary>
    public TensorStructure OutputStructure { get; internal set; } = [];

    /// <summary>The training flag that was given in the call, or null to take the model's.</summary>
    public bool? Training { get; }

    /// <summary>What else the call was given; see <see cref="CallContext.Arguments"/>.</summary>
    internal object? Arguments { get; }

    /// <summary>The masks that were given in the call, one for each input; null to take the inputs' own.</summary>
    internal IReadOnlyList<Tensor?>? Masks { get; }

    /// <summary>What a file says of the call, which is written again; null for a call that the program made.</summary>
    internal Saving.CallArguments? Recorded { get; set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Inputs => tensors;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Outputs => OutputStructure.Tensors;
}
