namespace GpuKeras.Kernels.Reduction;

/// <summary>One pass of a reduction: each of the outer blocks and chunks of the reduced axis becomes one row of results.</summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct ReduceBody<TReduction, T> : IRangeBody, ILaneBody
    where TReduction : struct, IReduction
    where T : unmanaged
{
    private const long ColumnsPerItem = 2048;

    // A few registers of any width: a chain as long as this needs no tree.
    private const long ShortRow = 512;

    private readonly T* source;
    private readonly T* target;
    private readonly long chunks;
    private readonly long reduced;
    private readonly long inner;
    private readonly long columnBlocks;
    private readonly long finishCount;

    private ReduceBody(T* source, T* target, long chunks, long reduced, long inner, long finishCount)
    {
        this.source = source;
        this.target = target;
        (this.chunks, this.reduced, this.inner, this.finishCount) = (chunks, reduced, inner, finishCount);
        columnBlocks = (inner + ColumnsPerItem - 1) / ColumnsPerItem;
    }

    /// <summary>
    /// source <c>[outer, reduced, inner]</c> → target <c>[outer, chunks, inner]</c>; finished unless <paramref name="finishCount"/> is
    /// negative.
    /// </summary>
    public static void Run(T* source, T* target, long outer, long chunks, long reduced, long inner, long finishCount)
    {
        var body = new ReduceBody<TReduction, T>(source, target, chunks, reduced, inner, finishCount);
        var elementsPerItem = Math.Max(1, reduced / chunks * Math.Min(inner, ColumnsPerItem));
        HostThreads.For(outer * chunks * body.columnBlocks, Math.Max(1, HostLoop.ElementsPerThread / elementsPerItem), body);
    }

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, ReduceBody<TReduction, T>>(this, start, end);

    /// <inheritdoc/>
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var item = start; item < end; item++)
        {
            var (block, column) = (item / columnBlocks, item % columnBlocks * ColumnsPerItem);
            var (outer, chunk) = (block / chunks, block % chunks);
            var (firstRow, lastRow) = (reduced * chunk / chunks, reduced * (chunk + 1) / chunks);
            var from = (TElement*)source + (outer * reduced + firstRow) * inner + column;
            var to = (TElement*)target + block * inner + column;
            var columns = Math.Min(ColumnsPerItem, inner - column);
            if (lastRow == firstRow)
                Fill<TScalar, TElement>(to, columns);
            else if (inner == 1)
                Finish(Row<TLane, TScalar, TElement>(from, lastRow - firstRow)).Store(to);
            else
                Columns<TLane, TScalar, TElement>(from, to, lastRow - firstRow, columns);
        }
    }

    private void Fill<TScalar, TElement>(TElement* to, long columns)
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var i = 0L; i < columns; i++)
            Finish(TScalar.Create(TReduction.Identity)).Store(to + i);
    }

    private void Columns<TLane, TScalar, TElement>(TElement* from, TElement* to, long rows, long columns)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (i, count) = (0L, TLane.Count);
        for (; i + 4 * count <= columns; i += 4 * count)
        {
            var quad = TreeRows<TReduction, TLane, TElement>.Quad(from + i, rows, inner);
            Finish(quad.A).Store(to + i);
            Finish(quad.B).Store(to + i + count);
            Finish(quad.C).Store(to + i + 2 * count);
            Finish(quad.D).Store(to + i + 3 * count);
        }
        for (; i + count <= columns; i += count)
            Finish(TreeRows<TReduction, TLane, TElement>.Single(from + i, rows, inner)).Store(to + i);
        for (; i < columns; i++)
            Finish(TreeRows<TReduction, TScalar, TElement>.Single(from + i, rows, inner)).Store(to + i);
    }

    /// <summary>
    /// A short row is combined as on devices; a longer one is a matrix whose rows are four registers wide, then a few loose elements.
    /// </summary>
    private static TScalar Row<TLane, TScalar, TElement>(TElement* from, long length)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        if (length <= ShortRow)
        {
            return TeamRow<ItemTeam, TLane, TScalar, TElement>.Reduce<TReduction>(
                default, from, length, LaneElement.Create<TElement>(TReduction.Identity));
        }
        var width = 4 * TLane.Count;
        var rows = length / width;
        var rest = length - rows * width;
        var quad = TreeRows<TReduction, TLane, TElement>.Quad(from, rows, width);
        var total = RowMath<TLane, TScalar, TElement>.Across<TReduction>(
            TReduction.Combine(TReduction.Combine(quad.A, quad.B), TReduction.Combine(quad.C, quad.D)));
        return rest == 0
            ? total
            : TReduction.Combine(total, TreeRows<TReduction, TScalar, TElement>.Single(from + rows * width, rest, 1));
    }

    private TLane Finish<TLane>(TLane total)
        where TLane : struct, ILane<TLane> => finishCount < 0 ? total : TReduction.Finish(total, TLane.Create(finishCount));
}
