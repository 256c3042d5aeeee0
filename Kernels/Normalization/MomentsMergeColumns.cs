using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// <see cref="MomentsMerge{T}"/> on a device: an item merges the chunks of its channels in their order, in the element type alone.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct MomentsMergeColumns<T> : IColumnStep
    where T : unmanaged
{
    private readonly ArrayView<T> x;
    private readonly ArrayView<T> partial;
    private readonly ArrayView<T> mean;
    private readonly ArrayView<T> variance;
    private readonly long channels;
    private readonly long chunks;
    private readonly T wholeCount;
    private readonly T lastCount;
    private readonly T count;
    private readonly T start;

    /// <summary>The merge of the chunks of <paramref name="chunkRows"/> rows.</summary>
    public MomentsMergeColumns(
        ArrayView<T> x, ArrayView<T> partial, ArrayView<T> mean, ArrayView<T> variance, long rows, long channels, long chunkRows)
    {
        (this.x, this.partial, this.mean, this.variance, this.channels) = (x, partial, mean, variance, channels);
        chunks = (rows + chunkRows - 1) / chunkRows;
        wholeCount = LaneElement.Create<T>(chunkRows);
        lastCount = LaneElement.Create<T>(rows - (chunks - 1) * chunkRows);
        count = LaneElement.Create<T>(rows);
        // Of no rows, the mean and the variance are 0 / 0.
        start = LaneElement.Create<T>(rows > 0 ? 0 : double.NaN);
    }

    /// <inheritdoc/>
    public void Columns<TLane, TElement>(long segment, long column)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (total, squares) = (Broadcast<TLane, TElement>(start), Broadcast<TLane, TElement>(start));
        var (before, more) = (TLane.Create(0), Broadcast<TLane, TElement>(wholeCount));
        var source = (TElement*)partial.Pointer + column;
        for (var chunk = 0L; chunk < chunks; chunk++, source += 2 * channels)
        {
            if (chunk == chunks - 1)
                more = Broadcast<TLane, TElement>(lastCount);
            var share = more / (before + more);
            var difference = TLane.Load(source) - total;
            total = TLane.MultiplyAdd(difference, share, total);
            squares += TLane.Load(source + channels) + difference * difference * (share * before);
            before += more;
        }
        if (chunks > 0)
            total += TLane.Load((TElement*)x.Pointer + column);
        total.Store((TElement*)mean.Pointer + column);
        (squares / Broadcast<TLane, TElement>(count)).Store((TElement*)variance.Pointer + column);
    }

    private static TLane Broadcast<TLane, TElement>(T value)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => TLane.Broadcast(Unsafe.BitCast<T, TElement>(value));
}
