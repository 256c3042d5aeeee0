namespace GpuKeras.Kernels.Attention;

/// <summary>The sizes of an attention: queries see values through keys, separately in each head of each batch entry.</summary>
/// <param name="Batch">How many independent entries.</param>
/// <param name="Heads">How many heads.</param>
/// <param name="Queries">Query positions.</param>
/// <param name="Values">Key and value positions.</param>
/// <param name="KeyDim">The size of a query and of a key.</param>
/// <param name="ValueDim">The size of a value.</param>
public readonly record struct AttentionSizes(int Batch, int Heads, int Queries, int Values, int KeyDim, int ValueDim)
{
    // The scores of a block, 256 KB of float32, stay in the second-level cache.
    private const int BlockScores = 65_536;

    // With fewer queries than this, copying the keys for the matrix product would not pay.
    private const int MinBlockQueries = 16;
    internal const int MaxBlockQueries = 256;

    /// <summary>How many queries of one head are computed together.</summary>
    public int BlockQueries => Math.Clamp(BlockScores / Math.Max(1, Values), MinBlockQueries, MaxBlockQueries);

    /// <summary>How many blocks a head has; at least one.</summary>
    public int Blocks => Math.Max(1, (Queries + BlockQueries - 1) / BlockQueries);

    /// <summary>How many pairs of a batch entry and a head there are.</summary>
    public long Pairs => (long)Batch * Heads;

    /// <summary>The elements of a query row of all heads.</summary>
    public nint KeyStride => (nint)Heads * KeyDim;

    /// <summary>The elements of a value row of all heads.</summary>
    public nint ValueStride => (nint)Heads * ValueDim;

    /// <summary>Block <paramref name="block"/> of the queries of one pair.</summary>
    /// <param name="pair">batch · heads + head.</param>
    /// <param name="block">Which of <see cref="Blocks"/>.</param>
    internal AttentionBlock Block(long pair, int block)
    {
        var first = block * BlockQueries;
        return new((int)(pair / Heads), (int)(pair % Heads), first, Math.Min(BlockQueries, Queries - first));
    }
}
