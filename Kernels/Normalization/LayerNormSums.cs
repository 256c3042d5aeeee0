using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>Each chunk's Σ dy and Σ dy · (x − mean) · inverse over its rows, for each column; partial <c>[2, chunks, columns]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct LayerNormSums<T>(
    ArrayView<T> x, ArrayView<T> mean, ArrayView<T> inverse, ArrayView<T> dy, ArrayView<T> partial, long rows, long columns,
    long chunkRows) : IColumnSums
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> inverse = inverse;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> partial = partial;

    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public (TLane First, TLane Second) Sum<TLane, TElement>(long segment, long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (sum, products) = (TLane.Create(0), TLane.Create(0));
        var end = Math.Min(rows, (segment + 1) * chunkRows);
        for (var row = segment * chunkRows + share; row < end; row += shares)
        {
            var upstream = TLane.Load((TElement*)dy.Pointer + row * columns + column);
            var center = TLane.Broadcast(((TElement*)mean.Pointer)[row]);
            var scale = TLane.Broadcast(((TElement*)inverse.Pointer)[row]);
            sum += upstream;
            products = TLane.MultiplyAdd(
                upstream, (TLane.Load((TElement*)x.Pointer + row * columns + column) - center) * scale, products);
        }
        return (sum, products);
    }

    /// <inheritdoc/>
    public void Store<TLane, TElement>(long segment, long column, TLane first, TLane second)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var chunks = (rows + chunkRows - 1) / chunkRows;
        first.Store((TElement*)partial.Pointer + segment * columns + column);
        second.Store((TElement*)partial.Pointer + (chunks + segment) * columns + column);
    }
}
