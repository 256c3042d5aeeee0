namespace GpuKeras.Layers;

/// <summary>The product of its inputs, element by element.</summary>
/// <remarks>
/// Inputs of shapes that broadcast; output of their common shape. A masked element counts as 1; where all inputs are masked the product is 0.
/// </remarks>
public sealed class Multiply : MergeLayer
{
    /// <summary>A layer that multiplies.</summary>
    /// <param name="name">The layer's name.</param>
    public Multiply(string? name = null)
        : base(name)
    {
    }

    private protected override Tensor Merge(Tensor[] inputs, CallContext context)
    {
        var masks = context.Masks;
        if (masks.Count == 0)
            return Fold(inputs, static (a, b) => a * b);
        Tensor? product = null;
        Tensor? united = null;
        var allMasked = true;
        for (var i = 0; i < inputs.Length; i++)
        {
            var (factor, mask) = (inputs[i], SpreadMask(masks[i], inputs[i]));
            allMasked &= mask is not null;
            if (mask is not null)
                (factor, united) = (Tensor.Where(mask, factor, 1), united?.LogicalOr(mask) ?? mask);
            product = product is null ? factor : product * factor;
        }
        return allMasked ? Tensor.Where(united!, product!, 0) : product!;
    }
}
