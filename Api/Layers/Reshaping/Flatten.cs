namespace GpuKeras.Layers;

/// <summary>Makes one axis of all axes but the batch.</summary>
/// <remarks>
/// Input <c>[batch, …]</c>; output <c>[batch, features]</c>, of the input's dtype. A vector <c>[batch]</c> becomes
/// <c>[batch, 1]</c>.
/// </remarks>
public sealed class Flatten : Layer
{
    /// <summary>A layer that flattens.</summary>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="name">The layer's name.</param>
    public Flatten(DataFormat dataFormat = default, string? name = null)
        : base(name)
    {
        DataFormat = dataFormat;
        InputSpec = new() { MinRank = 1 };
    }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var batch = inputs.Shape[0];
        // Not -1 for the features: an empty batch would leave them undetermined.
        return inputs.Reshape([batch, checked((int)inputs.Shape[1..].Size)]);
    }
}
