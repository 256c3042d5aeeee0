namespace GpuKeras.Layers;

/// <summary>Returns its input: a placeholder where no operation is wanted.</summary>
/// <remarks>Output shape and dtype = those of the input.</remarks>
public sealed class Identity : Layer
{
    /// <summary>A layer that does nothing.</summary>
    /// <param name="name">The layer's name.</param>
    public Identity(string? name = null)
        : base(name) => SupportsMasking = true;

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context) => inputs;
}
