namespace GpuKeras.Layers;

/// <summary>What a layer's call is told besides its inputs.</summary>
/// <param name="Training">Whether the model is being trained: dropout drops, batch normalization uses the batch's statistics.</param>
/// <param name="Masks">For each input which sequence entries are real, <c>[batch, steps]</c> of bool; null for no mask.</param>
/// <param name="Arguments">What else the layer's own way to call it was given, such as a causal mask; null if nothing.</param>
public readonly record struct CallContext(bool Training, IReadOnlyList<Tensor?> Masks, object? Arguments = null)
{
    /// <summary>The first input's mask, or null.</summary>
    public Tensor? Mask => Masks is [var first, ..] ? first : null;
}
