using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// Merges the chunks of <see cref="BatchMomentsBody{T}"/> on a device: a group shares a block of channels; on a CPU-like device an item
/// does a panel of them alone.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// The mean first, then the squares of the chunks' own deviations and of their means' from it: as exact as Chan's formula
/// (<see cref="MomentsMerge{T}"/>), but in sums whose parts do not wait for each other, and without divisions.
/// </remarks>
internal readonly unsafe struct MomentsMergeColumns<T> : IColumnStep
    where T : unmanaged
{
    private readonly ArrayView<T> x;
    private readonly ArrayView<T> partial;
    private readonly ArrayView<T> mean;
    private readonly ArrayView<T> variance;
    private readonly MovingMoments<T> moving;
    private readonly long channels;
    private readonly int chunks;
    private readonly T wholeCount;
    private readonly T lastCount;
    private readonly T count;
    private readonly ColumnGroups groups;

    private MomentsMergeColumns(
        ArrayView<T> x, ArrayView<T> partial, ArrayView<T> mean, ArrayView<T> variance, in MovingMoments<T> moving, long rows, long channels,
        long chunkRows)
    {
        (this.x, this.partial, this.mean, this.variance, this.moving, this.channels) = (x, partial, mean, variance, moving, channels);
        chunks = checked((int)((rows + chunkRows - 1) / chunkRows));
        wholeCount = LaneElement.Create<T>(chunkRows);
        lastCount = LaneElement.Create<T>(rows - (chunks - 1) * chunkRows);
        count = LaneElement.Create<T>(rows);
        groups = new(channels);
    }

    /// <summary>Queues the merge of the chunks of <paramref name="chunkRows"/> rows.</summary>
    public static void Launch(
        ILauncher launcher, ArrayView<T> x, ArrayView<T> partial, ArrayView<T> mean, ArrayView<T> variance, in MovingMoments<T> moving,
        long rows, long channels, long chunkRows)
    {
        var merge = new MomentsMergeColumns<T>(x, partial, mean, variance, moving, rows, channels, chunkRows);
        if (launcher.Profile.IsCpuLike)
            ColumnLoop<T, MomentsMergeColumns<T>>.Launch(launcher, merge, 1, channels);
        else
            launcher.Launch(merge.groups.Config(1), GroupBody, merge);
    }

    /// <inheritdoc/>
    public void Columns<TLane, TElement>(long segment, long column)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var center = Sum<TLane, TElement>(column, 0, 1) / Broadcast<TLane, TElement>(count);
        Store<TLane, TElement>(column, center, Squares<TLane, TElement>(column, 0, 1, center));
    }

    private static void GroupBody(MomentsMergeColumns<T> merge)
    {
        if (typeof(T) == typeof(float))
            merge.Block<FloatLane, float>();
        else
            merge.Block<DoubleLane, double>();
    }

    private void Block<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var shared = SharedMemory.Allocate<TElement>(ColumnBlocks.Items);
        var (column, share, item) = (groups.Column, groups.Share, Group.IdxX);
        var takesPart = groups.TakesPart;
        if (takesPart)
            shared[item] = Sum<TLane, TElement>(column, share, groups.Shares).ToElement<TLane, TElement>();
        groups.Join<SumReduction, TLane, TElement>(shared, shared, hasSecond: false);
        var center = TLane.Create(0);
        if (takesPart)
            center = TLane.Broadcast(shared[item % groups.Width]) / Broadcast<TLane, TElement>(count);
        Group.Barrier();
        if (takesPart)
            shared[item] = Squares<TLane, TElement>(column, share, groups.Shares, center).ToElement<TLane, TElement>();
        groups.Join<SumReduction, TLane, TElement>(shared, shared, hasSecond: false);
        if (takesPart && share == 0)
            Store<TLane, TElement>(column, center, TLane.Broadcast(shared[item]));
    }

    /// <summary>Σ count · mean of some chunks.</summary>
    private TLane Sum<TLane, TElement>(long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var total = TLane.Create(0);
        for (var chunk = share; chunk < chunks; chunk += shares)
            total = TLane.MultiplyAdd(Count<TLane, TElement>(chunk), TLane.Load(Chunk<TElement>(chunk, column)), total);
        return total;
    }

    /// <summary>Σ squares + count · (mean − center)² of some chunks.</summary>
    private TLane Squares<TLane, TElement>(long column, int share, int shares, TLane center)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var total = TLane.Create(0);
        for (var chunk = share; chunk < chunks; chunk += shares)
        {
            var source = Chunk<TElement>(chunk, column);
            var deviation = TLane.Load(source) - center;
            total += TLane.MultiplyAdd(deviation * deviation, Count<TLane, TElement>(chunk), TLane.Load(source + channels));
        }
        return total;
    }

    private void Store<TLane, TElement>(long column, TLane center, TLane squares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        // The chunks' means are relative to the first row.
        if (chunks > 0)
            center += TLane.Load((TElement*)x.Pointer + column);
        center.Store((TElement*)mean.Pointer + column);
        (squares / Broadcast<TLane, TElement>(count)).Store((TElement*)variance.Pointer + column);
        moving.Step<TLane, TElement>(column);
    }

    private TElement* Chunk<TElement>(int chunk, long column)
        where TElement : unmanaged => (TElement*)partial.Pointer + 2 * chunk * channels + column;

    private TLane Count<TLane, TElement>(int chunk)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => Broadcast<TLane, TElement>(chunk == chunks - 1 ? lastCount : wholeCount);

    private static TLane Broadcast<TLane, TElement>(T value)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => TLane.Broadcast(Unsafe.BitCast<T, TElement>(value));
}
