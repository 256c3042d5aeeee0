using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The second pass of <see cref="BatchNormGradientKernel{TActivation, T}"/>: dx from the two sums.</summary>
/// <typeparam name="TActivation">The activation.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormGradientBody<TActivation, T> : IRangeBody, ILaneBody, IColumnStep
    where TActivation : struct, IDifferentiableFunction
    where T : unmanaged
{
    private readonly ArrayView<T> x;
    private readonly ArrayView<T> dy;
    private readonly ArrayView<T> dx;
    private readonly ArrayView<T> dgamma;
    private readonly ArrayView<T> dbeta;
    private readonly BatchNormParameters<T> parameters;
    private readonly long rows;
    private readonly long channels;
    private readonly long segmentRows;
    private readonly T perRow;
    private readonly TActivation activation;

    public BatchNormGradientBody(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, in BatchNormParameters<T> parameters, ArrayView<T> dgamma, ArrayView<T> dbeta,
        long rows, long channels, TActivation activation, long segmentRows = 1)
    {
        (this.x, this.dy, this.dx, this.dgamma, this.dbeta) = (x, dy, dx, dgamma, dbeta);
        (this.parameters, this.rows, this.channels, this.activation) = (parameters, rows, channels, activation);
        this.segmentRows = segmentRows;
        perRow = LaneElement.Create<T>(1.0 / rows);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchNormGradientBody<TActivation, T>>(this, start, end);

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var step = RowBlock.Rows(channels);
        for (var row = start; row < end; row += step)
        {
            var count = Math.Min(step, end - row);
            var channel = Block<TLane, TElement>(row, count, 0);
            Block<TScalar, TElement>(row, count, channel);
        }
    }

    /// <summary>Registers of channels, from <paramref name="channel"/> on as long as they are whole; returns the next channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Block<TLane, TElement>(long firstRow, long count, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (; channel + TLane.Count <= channels; channel += TLane.Count)
            Register<TLane, TElement>(firstRow, count, channel);
        return channel;
    }

    /// <inheritdoc/>
    public void Columns<TLane, TElement>(long segment, long column)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        Register<TLane, TElement>(segment * segmentRows, Math.Min(segmentRows, rows - segment * segmentRows), column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Register<TLane, TElement>(long firstRow, long count, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (center, inverse, scale, offset) = parameters.Load<TLane, TElement>(channel);
        var share = TLane.Broadcast(Unsafe.BitCast<T, TElement>(perRow));
        var common = TLane.Load((TElement*)dbeta.Pointer + channel) * share;
        var slope = TLane.Load((TElement*)dgamma.Pointer + channel) * share * inverse;
        var position = firstRow * channels + channel;
        for (var row = 0L; row < count; row++, position += channels)
        {
            var centered = TLane.Load((TElement*)x.Pointer + position) - center;
            var gradient = FusedGradient.Of(activation, centered, scale, offset, TLane.Load((TElement*)dy.Pointer + position));
            ((gradient - TLane.MultiplyAdd(centered, slope, common)) * scale).Store((TElement*)dx.Pointer + position);
        }
    }
}
