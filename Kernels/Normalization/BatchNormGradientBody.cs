using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The second pass of <see cref="BatchNormGradientKernel{TActivation, T}"/>: dx from the two sums.</summary>
/// <typeparam name="TActivation">The activation.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormGradientBody<TActivation, T> : IRangeBody, ILaneBody
    where TActivation : struct, IDifferentiableFunction
    where T : unmanaged
{
    private readonly T* x;
    private readonly T* dy;
    private readonly T* dx;
    private readonly T* dgamma;
    private readonly T* dbeta;
    private readonly BatchNormParameters<T> parameters;
    private readonly long rows;
    private readonly long channels;
    private readonly TActivation activation;

    public BatchNormGradientBody(
        T* x, T* dy, T* dx, in BatchNormParameters<T> parameters, T* dgamma, T* dbeta, long rows, long channels, TActivation activation)
    {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        this.dgamma = dgamma;
        this.dbeta = dbeta;
        (this.parameters, this.rows, this.channels, this.activation) = (parameters, rows, channels, activation);
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
        var perRow = TLane.Create(1.0 / rows);
        for (; channel + TLane.Count <= channels; channel += TLane.Count)
        {
            var (center, inverse, scale, offset) = parameters.Load<TLane, TElement>(channel);
            var common = TLane.Load((TElement*)dbeta + channel) * perRow;
            var slope = TLane.Load((TElement*)dgamma + channel) * perRow * inverse;
            var position = firstRow * channels + channel;
            for (var row = 0L; row < count; row++, position += channels)
            {
                var centered = TLane.Load((TElement*)x + position) - center;
                var gradient = FusedGradient.Of(activation, centered, scale, offset, TLane.Load((TElement*)dy + position));
                ((gradient - TLane.MultiplyAdd(centered, slope, common)) * scale).Store((TElement*)dx + position);
            }
        }
        return channel;
    }
}
