namespace GpuKeras.Kernels.Normalization;

/// <summary>Merges the chunks of <see cref="BatchMomentsBody{T}"/> in their order.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct MomentsMerge<T> : ILaneBody
    where T : unmanaged
{
    private readonly T* x;
    private readonly T* partial;
    private readonly T* mean;
    private readonly T* variance;
    private readonly long rows;
    private readonly long channels;

    public MomentsMerge(T* x, T* partial, T* mean, T* variance, long rows, long channels)
    {
        this.x = x;
        this.partial = partial;
        this.mean = mean;
        this.variance = variance;
        (this.rows, this.channels) = (rows, channels);
    }

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var channel = start;
        for (; channel + TLane.Count <= end; channel += TLane.Count)
            Merge<TLane, TElement>(channel);
        for (; channel < end; channel++)
            Merge<TScalar, TElement>(channel);
    }

    private void Merge<TLane, TElement>(long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        // Of no rows, the mean and the variance are 0 / 0.
        var (total, squares) = (TLane.Create(rows > 0 ? 0 : double.NaN), TLane.Create(rows > 0 ? 0 : double.NaN));
        for (var first = 0L; first < rows; first += BatchMomentsBody<T>.RowsPerChunk)
        {
            var count = Math.Min(BatchMomentsBody<T>.RowsPerChunk, rows - first);
            var source = (TElement*)partial + first / BatchMomentsBody<T>.RowsPerChunk * 2 * channels + channel;
            var difference = TLane.Load(source) - total;
            var share = (double)count / (first + count);
            total = TLane.MultiplyAdd(difference, TLane.Create(share), total);
            squares += TLane.Load(source + channels) + difference * difference * TLane.Create(share * first);
        }
        if (rows > 0)
            total += TLane.Load((TElement*)x + channel);
        total.Store((TElement*)mean + channel);
        (squares / TLane.Create(rows)).Store((TElement*)variance + channel);
    }
}
