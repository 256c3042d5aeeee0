using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The loops of <see cref="BatchNormalizeKernel{TActivation, T}"/> over rows; a segment of rows is what a device's item does.</summary>
/// <typeparam name="TActivation">The activation.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormalizeBody<TActivation, T> : IRangeBody, ILaneBody, IColumnStep
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly ArrayView<T> x;
    private readonly ArrayView<T> y;
    private readonly BatchNormParameters<T> parameters;
    private readonly long rows;
    private readonly long channels;
    private readonly long segmentRows;
    private readonly TActivation activation;

    public BatchNormalizeBody(
        ArrayView<T> x, ArrayView<T> y, in BatchNormParameters<T> parameters, long rows, long channels, TActivation activation,
        long segmentRows = 1)
    {
        (this.x, this.y, this.parameters, this.activation) = (x, y, parameters, activation);
        (this.rows, this.channels, this.segmentRows) = (rows, channels, segmentRows);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchNormalizeBody<TActivation, T>>(this, start, end);

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
        var (center, _, scale, offset) = parameters.Load<TLane, TElement>(channel);
        var source = (TElement*)x.Pointer + firstRow * channels + channel;
        var target = (TElement*)y.Pointer + firstRow * channels + channel;
        for (var row = 0L; row < count; row++, source += channels, target += channels)
            activation.Value(TLane.MultiplyAdd(TLane.Load(source) - center, scale, offset)).Store(target);
    }
}
