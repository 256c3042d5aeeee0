namespace GpuKeras.Layers;

/// <summary>The mean of its inputs.</summary>
/// <remarks>Inputs of shapes that broadcast; output of their common shape. Masks do not change the mean.</remarks>
public sealed class Average : MergeLayer
{
    /// <summary>A layer that merges.</summary>
    /// <param name="name">The layer's name.</param>
    public Average(string? name = null)
        : base(name)
    {
    }

    private protected override Tensor Merge(Tensor[] inputs, CallContext context) =>
        Fold(inputs, static (a, b) => a + b) / inputs.Length;
}
