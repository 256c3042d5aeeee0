using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Normalization;

/// <summary>Each chunk's mean, less the first row of x, and its sum of squared deviations: partial <c>[chunks, 2, channels]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchMomentsBody<T> : IRangeBody, ILaneBody
    where T : unmanaged
{
    /// <summary>The rows that are summed before merging.</summary>
    public const long RowsPerChunk = 128;

    private readonly T* x;
    private readonly T* partial;
    private readonly long rows;
    private readonly long channels;

    public BatchMomentsBody(T* x, T* partial, long rows, long channels)
    {
        this.x = x;
        this.partial = partial;
        (this.rows, this.channels) = (rows, channels);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchMomentsBody<T>>(this, start, end);

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var chunk = start; chunk < end; chunk++)
        {
            var source = (TElement*)x + chunk * RowsPerChunk * channels;
            var target = (TElement*)partial + chunk * 2 * channels;
            var count = Math.Min(RowsPerChunk, rows - chunk * RowsPerChunk);
            var channel = 0L;
            for (; channel + TLane.Count <= channels; channel += TLane.Count)
                Chunk<TLane, TElement>(source + channel, (TElement*)x + channel, target + channel, count);
            for (; channel < channels; channel++)
                Chunk<TScalar, TElement>(source + channel, (TElement*)x + channel, target + channel, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Chunk<TLane, TElement>(TElement* source, TElement* firstRow, TElement* target, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var shift = TLane.Load(source);
        var (sum, squares) = (TLane.Create(0), TLane.Create(0));
        for (var row = 1L; row < count; row++)
        {
            var deviation = TLane.Load(source + row * channels) - shift;
            sum += deviation;
            squares = TLane.MultiplyAdd(deviation, deviation, squares);
        }
        var offset = sum / TLane.Create(count);

        // Relative to the first row of all, so that a mean far from zero does not round the differences between chunks.
        (shift - TLane.Load(firstRow) + offset).Store(target);
        TLane.Max(squares - sum * offset, TLane.Create(0)).Store(target + channels);
    }
}
