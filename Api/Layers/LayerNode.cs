namespace GpuKeras.Layers;

/// <summary>A layer call in a model's graph.</summary>
public sealed class LayerNode : GraphNode
{
    internal LayerNode(Layer layer, TensorStructure inputs, bool? training, object? arguments = null)
    {
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

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Inputs => InputStructure.Tensors;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Outputs => OutputStructure.Tensors;
}
