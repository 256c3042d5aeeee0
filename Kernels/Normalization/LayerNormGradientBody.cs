using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
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
                Row<TLane, TScalar, TElement>(
                    (TElement*)x + row * columns, (TElement*)gamma, (TElement*)dy + row * columns, (TElement*)dx + row * columns, columns,
                    TScalar.Load((TElement*)mean + row), TScalar.Load((TElement*)inverse + row), betaShare, gammaShare);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Row<TLane, TScalar, TElement>(
        TElement* source, TElement* gamma, TElement* gradient, TElement* target, long columns, TScalar center, TScalar scale,
        TElement* betaShare, TElement* gammaShare)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var centers = RowMath<TLane, TScalar, TElement>.Broadcast(center);
        var rowScale = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var (sum, products, i) = (TLane.Create(0), TLane.Create(0), 0L);
        for (; i + TLane.Count <= columns; i += TLane.Count)
        {
            var upstream = TLane.Load(gradient + i);
            var normalized = (TLane.Load(source + i) - centers) * rowScale;
            var h = upstream * TLane.Load(gamma + i);
            sum += h;
            products = TLane.MultiplyAdd(h, normalized, products);
            (TLane.Load(betaShare + i) + upstream).Store(betaShare + i);
            TLane.MultiplyAdd(upstream, normalized, TLane.Load(gammaShare + i)).Store(gammaShare + i);
        }
        var total = RowMath<TLane, TScalar, TElement>.Across<SumReduction>(sum);
        var product = RowMath<TLane, TScalar, TElement>.Across<SumReduction>(products);
        for (; i < columns; i++)
        {
            var upstream = TScalar.Load(gradient + i);
            var normalized = (TScalar.Load(source + i) - center) * scale;
            var h = upstream * TScalar.Load(gamma + i);
            total += h;
            product = TScalar.MultiplyAdd(h, normalized, product);
            (TScalar.Load(betaShare + i) + upstream).Store(betaShare + i);
            TScalar.MultiplyAdd(upstream, normalized, TScalar.Load(gammaShare + i)).Store(gammaShare + i);
        }
        var perColumn = TScalar.Create(1.0 / columns);
        (total, product) = (total * perColumn, product * perColumn);
        var (meanOfH, meanOfProducts) =
            (RowMath<TLane, TScalar, TElement>.Broadcast(total), RowMath<TLane, TScalar, TElement>.Broadcast(product));
        for (i = 0; i + TLane.Count <= columns; i += TLane.Count)
        {
            // Memory is idle while a row is summed: the next one is on its way by then.
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(source + columns + i);
                Sse.Prefetch0(gradient + columns + i);
            }
            var normalized = (TLane.Load(source + i) - centers) * rowScale;
            var h = TLane.Load(gradient + i) * TLane.Load(gamma + i);
            ((h - meanOfH - normalized * meanOfProducts) * rowScale).Store(target + i);
        }
        for (; i < columns; i++)
        {
            var normalized = (TScalar.Load(source + i) - center) * scale;
            var h = TScalar.Load(gradient + i) * TScalar.Load(gamma + i);
            ((h - total - normalized * product) * scale).Store(target + i);
        }
    }
}
