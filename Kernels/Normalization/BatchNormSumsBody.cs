using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// The first pass of <see cref="BatchNormGradientKernel{TActivation, T}"/>: each chunk's Σ g and Σ g · (x − mean) · inverse with
/// g = dy · f′; partial <c>[2, chunks, channels]</c>.
/// </summary>
/// <typeparam name="TActivation">The activation.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormSumsBody<TActivation, T> : IRangeBody, ILaneBody, IColumnSums
    where TActivation : struct, IDifferentiableFunction
    where T : unmanaged
{
    /// <summary>The rows that are summed before the sums are added in a tree.</summary>
    public const long RowsPerChunk = 128;

    private readonly ArrayView<T> x;
    private readonly ArrayView<T> dy;
    private readonly ArrayView<T> partial;
    private readonly BatchNormParameters<T> parameters;
    private readonly long rows;
    private readonly long channels;
    private readonly long chunkRows;
    private readonly TActivation activation;

    public BatchNormSumsBody(
        ArrayView<T> x, ArrayView<T> dy, in BatchNormParameters<T> parameters, ArrayView<T> partial, long rows, long channels,
        TActivation activation, long chunkRows = RowsPerChunk)
    {
        (this.x, this.dy, this.partial, this.parameters) = (x, dy, partial, parameters);
        (this.rows, this.channels, this.activation, this.chunkRows) = (rows, channels, activation, chunkRows);
    }

    /// <inheritdoc/>
    public static bool HasSecond => true;

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchNormSumsBody<TActivation, T>>(this, start, end);

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var chunk = start; chunk < end; chunk++)
        {
            var channel = Chunk<TLane, TElement>(chunk, 0);
            Chunk<TScalar, TElement>(chunk, channel);
        }
    }

    /// <summary>Registers of channels, from <paramref name="channel"/> on as long as they are whole; returns the next channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Chunk<TLane, TElement>(long chunk, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (; channel + TLane.Count <= channels; channel += TLane.Count)
        {
            var (sum, products) = Sum<TLane, TElement>(chunk, channel, 0, 1);
            Store<TLane, TElement>(chunk, channel, sum, products);
        }
        return channel;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (TLane First, TLane Second) Sum<TLane, TElement>(long segment, long column, int share, int shares)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (center, _, scale, offset) = parameters.Load<TLane, TElement>(column);
        var end = Math.Min(chunkRows, rows - segment * chunkRows);
        var step = shares * channels;
        var value = (TElement*)x.Pointer + (segment * chunkRows + share) * channels + column;
        var upstream = (TElement*)dy.Pointer + (segment * chunkRows + share) * channels + column;
        var (sum, products) = (TLane.Create(0), TLane.Create(0));
        for (long row = share; row < end; row += shares, value += step, upstream += step)
        {
            var centered = TLane.Load(value) - center;
            var gradient = FusedGradient.Of(activation, centered, scale, offset, TLane.Load(upstream));
            sum += gradient;
            products = TLane.MultiplyAdd(gradient, centered, products);
        }
        return (sum, products);
    }

    /// <inheritdoc/>
    public void Store<TLane, TElement>(long segment, long column, TLane first, TLane second)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var chunks = (rows + chunkRows - 1) / chunkRows;
        first.Store((TElement*)partial.Pointer + segment * channels + column);
        (second * parameters.Load<TLane, TElement>(column).Inverse).Store((TElement*)partial.Pointer + (chunks + segment) * channels + column);
    }
}
