namespace GpuKeras.Layers;

/// <summary>The smallest of its inputs, element by element.</summary>
/// <remarks>Inputs of shapes that broadcast; output of their common shape. A masked input is left out where another is not.</remarks>
public sealed class Minimum : MergeLayer
{
    /// <summary>A layer that merges.</summary>
    /// <param name="name">The layer's name.</param>
    public Minimum(string? name = null)
        : base(name)
    {
    }

    private protected override Tensor Merge(Tensor[] inputs, CallContext context) =>
        FoldUnmasked(inputs, context.Masks, static (a, b) => a.Minimum(b));
}
