namespace GpuKeras.Kernels.Attention;

/// <summary>Some neighbouring queries of one head, whose scores are computed together.</summary>
/// <param name="Batch">The batch entry.</param>
/// <param name="Head">The head.</param>
/// <param name="First">The first query.</param>
/// <param name="Rows">How many queries.</param>
internal readonly record struct AttentionBlock(int Batch, int Head, int First, int Rows)
{
    /// <summary>The place of row <paramref name="row"/> of this block in a row-major <c>[batch, heads, queries]</c>.</summary>
    public long Index(in AttentionSizes sizes, int row = 0) => ((long)Batch * sizes.Heads + Head) * sizes.Queries + First + row;

    /// <summary>The first element of this block in a row-major <c>[batch, queries, heads, dim]</c>.</summary>
    public nint QueryOffset(in AttentionSizes sizes, int dim) => (((nint)Batch * sizes.Queries + First) * sizes.Heads + Head) * dim;

    /// <summary>The first element of this block's keys or values in a row-major <c>[batch, values, heads, dim]</c>.</summary>
    public nint ValueOffset(in AttentionSizes sizes, int dim) => ((nint)Batch * sizes.Values * sizes.Heads + Head) * dim;
}
