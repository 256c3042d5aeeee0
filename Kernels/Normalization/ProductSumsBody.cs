using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Normalization;

/// <summary>Each chunk's Σ dy and Σ dy · (x − mean) · inverse: partial <c>[2, chunks, channels]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct ProductSumsBody<T> : IRangeBody, ILaneBody
    where T : unmanaged
{
    /// <summary>The rows that are summed before the sums are added in a tree.</summary>
    public const long RowsPerChunk = 128;

    private readonly T* x;
    private readonly T* dy;
    private readonly T* mean;
    private readonly T* inverse;
    private readonly T* partial;
    private readonly long rows;
    private readonly long channels;

    public ProductSumsBody(T* x, T* dy, T* mean, T* inverse, T* partial, long rows, long channels)
    {
        this.x = x;
        this.dy = dy;
        this.mean = mean;
        this.inverse = inverse;
        this.partial = partial;
        (this.rows, this.channels) = (rows, channels);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, ProductSumsBody<T>>(this, start, end);

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Chunk<TLane, TElement>(long chunk, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (first, count) = (chunk * RowsPerChunk, Math.Min(RowsPerChunk, rows - chunk * RowsPerChunk));
        var value = (TElement*)x + first * channels + channel;
        var gradient = (TElement*)dy + first * channels + channel;
        var center = TLane.Load((TElement*)mean + channel);
        var (sum, products) = (TLane.Create(0), TLane.Create(0));
        for (var row = 0L; row < count; row++)
        {
            var upstream = TLane.Load(gradient + row * channels);
            sum += upstream;
            products = TLane.MultiplyAdd(upstream, TLane.Load(value + row * channels) - center, products);
        }
        var chunks = (rows + RowsPerChunk - 1) / RowsPerChunk;
        sum.Store((TElement*)partial + chunk * channels + channel);
        (products * TLane.Load((TElement*)inverse + channel)).Store((TElement*)partial + (chunks + chunk) * channels + channel);
    }
}
