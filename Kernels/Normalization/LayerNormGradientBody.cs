using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>Chunks of rows: dx, and each chunk's share of dbeta and dgamma: partial <c>[2, chunks, columns]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct LayerNormGradientBody<T> : IRangeBody, ILaneBody
    where T : unmanaged
{
    /// <summary>The rows whose shares are summed in order before the sums are added in a tree.</summary>
    public const long RowsPerChunk = 32;

    private readonly T* x;
    private readonly T* gamma;
    private readonly T* mean;
    private readonly T* inverse;
    private readonly T* dy;
    private readonly T* dx;
    private readonly T* partial;
    private readonly long rows;
    private readonly long columns;

    public LayerNormGradientBody(T* x, T* gamma, T* mean, T* inverse, T* dy, T* dx, T* partial, long rows, long columns)
    {
        this.x = x;
        this.gamma = gamma;
        this.mean = mean;
        this.inverse = inverse;
        this.dy = dy;
        this.dx = dx;
        this.partial = partial;
        (this.rows, this.columns) = (rows, columns);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, LayerNormGradientBody<T>>(this, start, end);

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var chunks = (rows + RowsPerChunk - 1) / RowsPerChunk;
        for (var chunk = start; chunk < end; chunk++)
        {
            var betaShare = (TElement*)partial + chunk * columns;
            var gammaShare = (TElement*)partial + (chunks + chunk) * columns;
            new Span<TElement>(betaShare, (int)columns).Clear();
            new Span<TElement>(gammaShare, (int)columns).Clear();
            for (var row = chunk * RowsPerChunk; row < Math.Min(rows, (chunk + 1) * RowsPerChunk); row++)
                Row<TLane, TScalar, TElement>(row, betaShare, gammaShare);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLane, TScalar, TElement>(long row, TElement* betaShare, TElement* gammaShare)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (center, scale) = (TScalar.Load((TElement*)mean + row), TScalar.Load((TElement*)inverse + row));
        var centers = RowMath<TLane, TScalar, TElement>.Broadcast(center);
        var rowScale = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var (sum, products, i) = (TLane.Create(0), TLane.Create(0), 0L);
        for (; i + TLane.Count <= columns; i += TLane.Count)
            Accumulate(row * columns + i, i, centers, rowScale, betaShare, gammaShare, ref sum, ref products);
        var (total, product) = (RowMath<TLane, TScalar, TElement>.SumLanes(sum), RowMath<TLane, TScalar, TElement>.SumLanes(products));
        for (; i < columns; i++)
            Accumulate(row * columns + i, i, center, scale, betaShare, gammaShare, ref total, ref product);
        var perColumn = TScalar.Create(1.0 / columns);
        (total, product) = (total * perColumn, product * perColumn);
        sum = RowMath<TLane, TScalar, TElement>.Broadcast(total);
        products = RowMath<TLane, TScalar, TElement>.Broadcast(product);
        for (i = 0; i + TLane.Count <= columns; i += TLane.Count)
            Write<TLane, TElement>(row * columns + i, i, centers, rowScale, sum, products);
        for (; i < columns; i++)
            Write<TScalar, TElement>(row * columns + i, i, center, scale, total, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Accumulate<TLane, TElement>(
        long position, long column, TLane center, TLane scale, TElement* betaShare, TElement* gammaShare, ref TLane sum, ref TLane products)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var upstream = TLane.Load((TElement*)dy + position);
        var normalized = (TLane.Load((TElement*)x + position) - center) * scale;
        var h = upstream * TLane.Load((TElement*)gamma + column);
        sum += h;
        products = TLane.MultiplyAdd(h, normalized, products);
        (TLane.Load(betaShare + column) + upstream).Store(betaShare + column);
        TLane.MultiplyAdd(upstream, normalized, TLane.Load(gammaShare + column)).Store(gammaShare + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write<TLane, TElement>(long position, long column, TLane center, TLane scale, TLane meanOfH, TLane meanOfProducts)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var normalized = (TLane.Load((TElement*)x + position) - center) * scale;
        var h = TLane.Load((TElement*)dy + position) * TLane.Load((TElement*)gamma + column);
        ((h - meanOfH - normalized * meanOfProducts) * scale).Store((TElement*)dx + position);
    }
}
