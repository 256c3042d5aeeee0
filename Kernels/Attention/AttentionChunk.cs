using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Attention;

/// <summary>The scores that a device holds at one time, <c>[pairs, queries, values]</c>: a pair is a head of a batch entry.</summary>
/// <param name="Sizes">All sizes.</param>
/// <param name="FirstPair">The first pair.</param>
/// <param name="Pairs">How many pairs.</param>
/// <param name="FirstQuery">The first query of each pair.</param>
/// <param name="Queries">How many queries of each; all if there are several pairs.</param>
internal readonly record struct AttentionChunk(AttentionSizes Sizes, int FirstPair, int Pairs, int FirstQuery, int Queries)
{
    // 64 MB of float32 fill a GPU; on a processor, 4 MB stay in its caches.
    private const long MaxScores = 1 << 24;
    private const long MaxScoresInCache = 1 << 20;

    /// <summary>How many scores a device works on at a time.</summary>
    public static long ScoresOf(DeviceProfile profile) => profile.IsCpuLike ? MaxScoresInCache : MaxScores;

    /// <summary>The elements of a row of scores in memory: whole quads.</summary>
    public int Pitch => (Sizes.Values + Quad<float>.Count - 1) / Quad<float>.Count * Quad<float>.Count;

    /// <summary>The memory that the scores take.</summary>
    public long Length => (long)Pairs * Queries * Pitch;

    /// <summary>The chunks of at most <paramref name="maxScores"/> scores; at least one.</summary>
    public static IEnumerable<AttentionChunk> Of(AttentionSizes sizes, long maxScores)
    {
        var whole = new AttentionChunk(sizes, 0, checked((int)sizes.Pairs), 0, sizes.Queries);
        var queries = (int)Math.Clamp(maxScores / Math.Max(1, whole.Pitch), 1, Math.Max(1, sizes.Queries));
        var pairs = queries < sizes.Queries ? 1 : (int)Math.Max(1, maxScores / Math.Max(1, (long)queries * whole.Pitch));
        for (var pair = 0; pair < whole.Pairs; pair += pairs)
        {
            // At least once, so that without queries the gradients of keys and values become zeros.
            for (var query = 0; query == 0 || query < sizes.Queries; query += queries)
                yield return new(
                    sizes, pair, Math.Min(pairs, whole.Pairs - pair), query, Math.Min(queries, sizes.Queries - query));
        }
    }

    /// <summary>The place of a row of this chunk in a row-major <c>[batch, heads, queries]</c>.</summary>
    public long Row(int matrix, int row) => (long)(FirstPair + matrix) * Sizes.Queries + FirstQuery + row;

    /// <summary>The scores as a matrix for each pair: its lines are queries, its k are values.</summary>
    public ProductOperand<T> Rows<T>(ArrayView<T> scores)
        where T : unmanaged => new(scores, Queries, Sizes.Values, Pitch, 1, Matrices);

    /// <summary>The scores with values as lines, and queries as k.</summary>
    public ProductOperand<T> Columns<T>(ArrayView<T> scores)
        where T : unmanaged => new(scores, Sizes.Values, Queries, 1, Pitch, Matrices);

    /// <summary>This chunk's part of queries or outputs <c>[batch, queries, heads, dim]</c>, by queries or by numbers of the vectors.</summary>
    public HeadVectors<T> OfQueries<T>(ArrayView<T> view, int dim)
        where T : unmanaged
    {
        var start = Math.Min((long)FirstQuery * Sizes.Heads * dim, view.Length);
        return new(view.SubView(start, view.Length - start), Queries, dim, Sizes.Heads, Heads(Sizes.Queries, dim));
    }

    /// <summary>This chunk's part of keys or values <c>[batch, values, heads, dim]</c>.</summary>
    public HeadVectors<T> OfValues<T>(ArrayView<T> view, int dim)
        where T : unmanaged => new(view, Sizes.Values, dim, Sizes.Heads, Heads(Sizes.Values, dim));

    private BatchOffsets Matrices => new(new([Pairs]), new([Queries]), Pitch);

    private BatchOffsets Heads(int positions, int dim) =>
        new(new([Sizes.Batch, Sizes.Heads]), new([checked(positions * Sizes.Heads), 1]), dim, FirstPair);
}
