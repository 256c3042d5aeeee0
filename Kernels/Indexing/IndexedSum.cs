using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>y[o, index, i] += u[o, c, i] on a device, where the index is indices[c] or indices[o, c, i].</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TIndex">int32 or int64.</typeparam>
/// <param name="y">The sums <c>[outer, axis, inner]</c>.</param>
/// <param name="indices">The indices <c>[count]</c> if shared, else <c>[outer, count, inner]</c>.</param>
/// <param name="updates">u <c>[outer, count, inner]</c>.</param>
/// <param name="axis">The size of y's middle axis; what an index outside it refers to is left out.</param>
/// <param name="count">The size of u's middle axis.</param>
/// <param name="inner">The size of the last axis.</param>
/// <param name="sharesIndices">Whether all columns (pairs of o and i) have the same indices.</param>
/// <remarks>
/// <para>Every element of y adds its updates in the order of c, as the host does: no atomics, the same bits every time.</para>
/// <para>Where columns are many, an item owns one of them and runs through its indices. Otherwise the indices are sorted, with their
/// positions, and an item owns an element of y that occurs: it starts where an index differs from the one before it.</para>
/// </remarks>
internal readonly struct IndexedSum<T, TIndex>(
    ArrayView<T> y, ArrayView<TIndex> indices, ArrayView<T> updates, int axis, int count, int inner, bool sharesIndices) : IRowKeys
    where T : unmanaged, INumberBase<T>
    where TIndex : unmanaged
{
    // As many indices as cost less one after the other than a sort's launches.
    private const int FewIndices = 64;

    // Neighbouring columns that one item of a CPU-like device owns.
    private const int ColumnBlock = 16;

    private readonly ArrayView<T> y = y;
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> updates = updates;
    private readonly int axis = axis;
    private readonly int count = count;
    private readonly int inner = inner;
    private readonly bool sharesIndices = sharesIndices;

    /// <summary>Queues the sums.</summary>
    public void Launch(ILauncher launcher)
    {
        if (updates.Length == 0)
            return;
        var columns = (int)(updates.Length / count);
        if (launcher.Profile.IsCpuLike)
        {
            launcher.Launch(columns / inner * (long)((inner + ColumnBlock - 1) / ColumnBlock), Columns, this);
        }
        else if (count <= FewIndices || columns >= 256 * launcher.Profile.Multiprocessors)
        {
            launcher.Launch(columns, Column, this);
        }
        else
        {
            var rows = sharesIndices ? 1 : columns;
            var sorted = new SortedTile(launcher.Scratch<ulong>((long)rows * count), launcher.Scratch<int>((long)rows * count), count);
            new RowSort<IndexedSum<T, TIndex>>(this, sorted.Keys, sorted.Positions, rows, count).Launch(launcher);
            launcher.Launch(updates.Length, Segment, (this, sorted));
        }
    }

    ulong IRowKeys.Key(int row, int column) => (ulong)Index(row / inner, row % inner, column);

    private static void Column(Index1D column, IndexedSum<T, TIndex> sum)
    {
        var (outer, i) = (column / sum.inner, column % sum.inner);
        for (var c = 0; c < sum.count; c++)
            sum.Add(sum.Index(outer, i, c), outer, i, c);
    }

    private static void Columns(Index1D item, IndexedSum<T, TIndex> sum)
    {
        var blocks = (sum.inner + ColumnBlock - 1) / ColumnBlock;
        var (outer, first) = (item / blocks, item % blocks * ColumnBlock);
        var end = Math.Min(first + ColumnBlock, sum.inner);
        for (var c = 0; c < sum.count; c++)
        {
            for (var i = first; i < end; i++)
                sum.Add(sum.Index(outer, i, c), outer, i, c);
        }
    }

    // Neighbouring items have neighbouring columns.
    private static void Segment(Index1D item, (IndexedSum<T, TIndex> Sum, SortedTile Sorted) work)
    {
        var (sum, sorted) = (work.Sum, work.Sorted);
        var (slice, i) = (item.X / sum.inner, item.X % sum.inner);
        var (outer, place) = (slice / sum.count, slice % sum.count);
        var first = sum.sharesIndices ? 0 : (long)(outer * sum.inner + i) * sum.count;
        var index = sorted.Keys[first + place];
        if (place > 0 && sorted.Keys[first + place - 1] == index)
            return;
        for (; place < sum.count && sorted.Keys[first + place] == index; place++)
            sum.Add((long)index, outer, i, sorted.Positions[first + place]);
    }

    private long Index(int outer, int i, int c) =>
        IndexValue.Of(indices[sharesIndices ? c : ((long)outer * count + c) * inner + i]);

    private void Add(long index, int outer, int i, int c)
    {
        if ((ulong)index < (ulong)axis)
            y[(outer * (long)axis + index) * inner + i] += updates[(outer * (long)count + c) * inner + i];
    }
}
