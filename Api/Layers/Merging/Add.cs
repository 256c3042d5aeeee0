namespace GpuKeras.Layers;

/// <summary>The sum of its inputs.</summary>
/// <remarks>Inputs of shapes that broadcast; output of their common shape. <c>new Add().Apply([a, b])</c>.</remarks>
public sealed class Add : MergeLayer, IReluFusion
{
    /// <summary>A layer that merges.</summary>
    /// <param name="name">The layer's name.</param>
    public Add(string? name = null)
        : base(name)
    {
    }

    private protected override Tensor Merge(Tensor[] inputs, CallContext context)
    {
        if (context.Arguments is not FollowedByRelu)
            return Fold(inputs, static (a, b) => a + b);
        return inputs.Length == 1 ? inputs[0].Relu() : Fold(inputs[..^1], static (a, b) => a + b).AddRelu(inputs[^1]);
    }
}
