using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Attention;

/// <summary>Which query sees which value.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="visible">1 where a query sees a value, 0 where not; empty if all are seen.</param>
/// <param name="strides">
/// How many elements of <paramref name="visible"/> one step along <c>[batch, heads, queries, values]</c> skips; 0 where the mask repeats, and
/// 0 or 1 for the values.
/// </param>
/// <param name="causal">Whether a query sees, besides, only the values up to its own position.</param>
public readonly unsafe struct AttentionMask<T>(ArrayView<T> visible, Extents strides, bool causal)
    where T : unmanaged
{
    private readonly ArrayView<T> visible = visible;
    private readonly Extents strides = strides;

    /// <summary>Whether a row of scores may be hidden as a whole, and is then a row of zeros.</summary>
    public bool HidesRows => visible.Length > 0;

    /// <summary>How many of <paramref name="values"/> values the queries before <paramref name="end"/> see at most.</summary>
    public int Reach(int end, int values) => causal ? Math.Min(end, values) : values;

    /// <summary>The same mask with its elements seen as another type of the same size.</summary>
    internal AttentionMask<TOther> Cast<TOther>()
        where TOther : unmanaged => new(visible.Cast<TOther>(), strides, causal);

    /// <summary>Whether a query sees a value, for device bodies.</summary>
    /// <param name="chunk">The queries' chunk.</param>
    /// <param name="matrix">The pair within the chunk.</param>
    /// <param name="row">The query within the chunk.</param>
    /// <param name="value">The value.</param>
    internal bool IsVisible(in AttentionChunk chunk, int matrix, int row, int value)
    {
        var query = chunk.FirstQuery + row;
        if (causal && value > query)
            return false;
        if (visible.Length == 0)
            return true;
        var pair = chunk.FirstPair + matrix;
        var (batch, head) = (pair / chunk.Sizes.Heads, pair % chunk.Sizes.Heads);
        var place = (long)batch * strides[0] + (long)head * strides[1] + (long)query * strides[2] + (long)value * strides[3];
        return !DeviceScalar.IsZero(visible[place]);
    }

    /// <summary>The mask's entries for one query, or null if it sees all values within its reach, which may be none.</summary>
    /// <param name="block">The block of queries.</param>
    /// <param name="row">The query within the block.</param>
    /// <param name="reach">How many values the query may see; 0 if it sees none.</param>
    internal T* Row(in AttentionBlock block, int row, ref int reach)
    {
        if (visible.Length == 0)
            return null;
        var entries = visible.Pointer
            + (long)block.Batch * strides[0] + (long)block.Head * strides[1] + (long)(block.First + row) * strides[2];
        if (strides[3] != 0)
            return entries;
        reach = EqualityComparer<T>.Default.Equals(*entries, default) ? 0 : reach;
        return null;
    }
}
