namespace GpuKeras.Kernels.Reduction;

/// <summary>Runs <see cref="IColumnSums"/> over all segments and columns on a device.</summary>
/// <typeparam name="TReduction">How two sums become one.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TSums">The sums.</typeparam>
/// <remarks>
/// A group shares a block of columns (<see cref="ColumnBlocks"/>): neighbouring items read neighbouring columns, then neighbouring rows,
/// and add their sums in a tree. On a CPU-like device an item sums a panel of columns alone.
/// </remarks>
internal readonly struct ColumnSums<TReduction, T, TSums> : IColumnStep
    where TReduction : struct, IReduction
    where T : unmanaged
    where TSums : struct, IColumnSums
{
    private readonly TSums sums;
    private readonly ColumnGroups groups;

    private ColumnSums(in TSums sums, long columns) => (this.sums, groups) = (sums, new(columns));

    /// <summary>Queues the sums.</summary>
    public static void Launch(ILauncher launcher, in TSums sums, long segments, long columns)
    {
        if (segments == 0 || columns == 0)
            return;
        var body = new ColumnSums<TReduction, T, TSums>(sums, columns);
        if (launcher.Profile.IsCpuLike)
            ColumnLoop<T, ColumnSums<TReduction, T, TSums>>.Launch(launcher, body, segments, columns);
        else
            launcher.Launch(body.groups.Config(segments), GroupBody, body);
    }

    void IColumnStep.Columns<TLane, TElement>(long segment, long column)
    {
        var (first, second) = sums.Sum<TLane, TElement>(segment, column, 0, 1);
        sums.Store<TLane, TElement>(segment, column, first, second);
    }

    private static void GroupBody(ColumnSums<TReduction, T, TSums> body)
    {
        if (typeof(T) == typeof(float))
            body.Block<FloatLane, float>();
        else if (typeof(T) == typeof(double))
            body.Block<DoubleLane, double>();
        else if (typeof(T) == typeof(int))
            body.Block<Int32Lane, int>();
        else if (typeof(T) == typeof(long))
            body.Block<Int64Lane, long>();
        else
            body.Block<ByteLane, byte>();
    }

    private void Block<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var firsts = SharedMemory.Allocate<TElement>(ColumnBlocks.Items);
        var seconds = SharedMemory.Allocate<TElement>(ColumnBlocks.Items);
        var (segment, column, item) = (groups.Segment, groups.Column, Group.IdxX);
        var takesPart = groups.TakesPart;
        if (takesPart)
        {
            var (first, second) = sums.Sum<TLane, TElement>(segment, column, groups.Share, groups.Shares);
            firsts[item] = first.ToElement<TLane, TElement>();
            if (TSums.HasSecond)
                seconds[item] = second.ToElement<TLane, TElement>();
        }
        groups.Join<TReduction, TLane, TElement>(firsts, seconds, TSums.HasSecond);
        if (takesPart && groups.Share == 0)
            sums.Store<TLane, TElement>(
                segment, column, TLane.Broadcast(firsts[item]), TLane.Broadcast(TSums.HasSecond ? seconds[item] : firsts[item]));
    }
}
