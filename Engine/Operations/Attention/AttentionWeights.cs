namespace GpuKeras;

/// <summary>Attention written with operations: for those who want the weights, and for gradients of gradients.</summary>
internal static class AttentionWeights
{
    // As in Keras: far below any score, and finite, so that a row without anything to attend to is no 0/0.
    private const double MaskedScore = -1e9;

    /// <summary>softmax(scale · q · kᵀ), 0 where the mask hides a value: <c>[batch, heads, queries, values]</c>.</summary>
    /// <param name="query">q <c>[batch, heads, queries, keyDim]</c>.</param>
    /// <param name="key">k <c>[batch, heads, values, keyDim]</c>.</param>
    /// <param name="mask">Which query sees which value, bool; null for all.</param>
    /// <param name="scale">What the scores are multiplied by.</param>
    /// <param name="causal">Whether a query sees only values up to its own position.</param>
    public static Tensor Of(Tensor query, Tensor key, Tensor? mask, double scale, bool causal)
    {
        var scores = (query * scale).MatMul(key, transposeB: true);
        if (causal)
        {
            var rows = Tensor.Range(0, scores.Shape[^2]).Reshape([scores.Shape[^2], 1]);
            var reached = rows.GreaterEqual(Tensor.Range(0, scores.Shape[^1]).Reshape([1, scores.Shape[^1]]));
            mask = mask is null ? reached : mask.LogicalAnd(reached);
        }
        // Masked weights are exactly 0, also where nothing is left to attend to.
        return mask is null
            ? scores.Softmax()
            : Tensor.Where(mask, Tensor.Where(mask, scores, MaskedScore).Softmax(), 0);
    }

    /// <summary>Exchanges positions and heads: <c>[batch, positions, heads, dim]</c> ↔ <c>[batch, heads, positions, dim]</c>.</summary>
    public static Tensor ExchangeHeads(this Tensor tensor) => tensor.Transpose(0, 2, 1, 3);
}
