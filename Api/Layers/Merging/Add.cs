namespace GpuKeras.Layers;

/// <summary>The sum of its inputs.</summary>
/// <remarks>Inputs of shapes that broadcast; output of their common shape. <c>new Add().Apply([a, b])</c>.</remarks>
public sealed class Add : MergeLayer
{
    /// <summary>A layer that merges.</summary>
    /// <param name="name">The layer's name.</param>
    public Add(string? name = null)
        : base(name)
    {
    }

    private protected override Tensor Merge(Tensor[] inputs, IReadOnlyList<Tensor?> masks) =>
        Fold(inputs, static (a, b) => a + b);
}
