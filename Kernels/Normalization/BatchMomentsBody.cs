using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>Each chunk's mean, less the first row of x, and its sum of squared deviations: partial <c>[chunks, 2, channels]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchMomentsBody<T> : IRangeBody, ILaneBody, IColumnSums
    where T : unmanaged
{
    /// <summary>The rows that are summed before merging.</summary>
    public const long RowsPerChunk = 128;

    private readonly ArrayView<T> x;
    private readonly ArrayView<T> partial;
    private readonly long rows;
    private readonly long channels;
    private readonly long chunkRows;
    private readonly T wholeCount;
    private readonly T lastCount;

    public BatchMomentsBody(ArrayView<T> x, ArrayView<T> partial, long rows, long channels, long chunkRows = RowsPerChunk)
    {
        (this.x, this.partial, this.rows, this.channels, this.chunkRows) = (x, partial, rows, channels, chunkRows);
        wholeCount = LaneElement.Create<T>(chunkRows);
        lastCount = LaneElement.Create<T>(rows - (Chunks - 1) * chunkRows);
    }

    /// <summary>The number of chunks.</summary>
    public long Chunks => (rows + chunkRows - 1) / chunkRows;

    /// <inheritdoc/>
    public static bool HasSecond => true;

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchMomentsBody<T>>(this, start, end);

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var chunk = start; chunk < end; chunk++)
        {
            var channel = 0L;
            for (; channel + TLane.Count <= channels; channel += TLane.Count)
                Chunk<TLane, TElement>(chunk, channel);
            for (; channel < channels; channel++)
                Chunk<TScalar, TElement>(chunk, channel);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (TLane First, TLane Second) Sum<TLane, TElement>(long segment, long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var source = (TElement*)x.Pointer + segment * chunkRows * channels + column;
        var end = Math.Min(chunkRows, rows - segment * chunkRows);
        var shift = TLane.Load(source);
        var (sum, squares) = (TLane.Create(0), TLane.Create(0));
        // The first row's deviation from itself is left out: 0, or NaN where the row is infinite.
        for (long row = share == 0 ? shares : share; row < end; row += shares)
        {
            var deviation = TLane.Load(source + row * channels) - shift;
            sum += deviation;
            squares = TLane.MultiplyAdd(deviation, deviation, squares);
        }
        return (sum, squares);
    }

    /// <inheritdoc/>
    public void Store<TLane, TElement>(long segment, long column, TLane first, TLane second)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var count = segment == Chunks - 1 ? lastCount : wholeCount;
        var offset = first / TLane.Broadcast(Unsafe.BitCast<T, TElement>(count));
        var source = (TElement*)x.Pointer + column;
        var target = (TElement*)partial.Pointer + segment * 2 * channels + column;

        // Relative to the first row of all, so that a mean far from zero does not round the differences between chunks.
        (TLane.Load(source + segment * chunkRows * channels) - TLane.Load(source) + offset).Store(target);
        TLane.Max(second - first * offset, TLane.Create(0)).Store(target + channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Chunk<TLane, TElement>(long chunk, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (sum, squares) = Sum<TLane, TElement>(chunk, channel, 0, 1);
        Store<TLane, TElement>(chunk, channel, sum, squares);
    }
}
