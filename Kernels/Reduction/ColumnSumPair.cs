namespace GpuKeras.Kernels.Reduction;

/// <summary>The sums of each column of two matrices <c>[rows, columns]</c>, which follow each other in memory, in one launch.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Added in the order of <see cref="ReduceKernel{TReduction, T}"/>.</remarks>
internal readonly struct ColumnSumPair<T> : IColumnSums
    where T : unmanaged
{
    private readonly ReduceColumns<SumReduction, T> first;
    private readonly ReduceColumns<SumReduction, T> second;

    private ColumnSumPair(ArrayView<T> matrices, ArrayView<T> first, ArrayView<T> second, long rows, long columns)
    {
        this.first = new(matrices.SubView(0, rows * columns), first, 1, rows, columns, rows);
        this.second = new(matrices.SubView(rows * columns, rows * columns), second, 1, rows, columns, rows);
    }

    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <summary>Queues the sums.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="matrices">The matrices <c>[2, rows, columns]</c>.</param>
    /// <param name="first">The sums of the first one <c>[columns]</c>.</param>
    /// <param name="second">The sums of the second one.</param>
    /// <param name="rows">The rows of each, few enough for one launch.</param>
    /// <param name="columns">The columns of each.</param>
    public static void Launch(
        ILauncher launcher, ArrayView<T> matrices, ArrayView<T> first, ArrayView<T> second, long rows, long columns) =>
        ColumnSums<SumReduction, T, ColumnSumPair<T>>.Launch(launcher, new(matrices, first, second, rows, columns), 1, columns);

    /// <inheritdoc/>
    public (TLane First, TLane Second) Sum<TLane, TElement>(long segment, long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        (first.Sum<TLane, TElement>(segment, column, share, shares).First, second.Sum<TLane, TElement>(segment, column, share, shares).First);

    /// <inheritdoc/>
    public void Store<TLane, TElement>(long segment, long column, TLane first, TLane second)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        this.first.Store<TLane, TElement>(segment, column, first, first);
        this.second.Store<TLane, TElement>(segment, column, second, second);
    }
}
