using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The second pass of <see cref="BatchNormGradientKernel{T}"/>: dx from the two sums.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormGradientBody<T> : IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly T* x;
    private readonly T* dy;
    private readonly T* dx;
    private readonly T* mean;
    private readonly T* inverse;
    private readonly T* gamma;
    private readonly T* dgamma;
    private readonly T* dbeta;
    private readonly long rows;
    private readonly long channels;

    public BatchNormGradientBody(T* x, T* dy, T* dx, T* mean, T* inverse, T* gamma, T* dgamma, T* dbeta, long rows, long channels)
    {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        this.mean = mean;
        this.inverse = inverse;
        this.gamma = gamma;
        this.dgamma = dgamma;
        this.dbeta = dbeta;
        (this.rows, this.channels) = (rows, channels);
    }

    public void Run(long start, long end) => LaneDispatch.Run<T, BatchNormGradientBody<T>>(this, start, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var row = start; row < end; row++)
        {
            var channel = 0L;
            for (; channel + TLane.Count <= channels; channel += TLane.Count)
                Element<TLane, TElement>(row, channel);
            for (; channel < channels; channel++)
                Element<TScalar, TElement>(row, channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Element<TLane, TElement>(long row, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var position = row * channels + channel;
        var perRow = TLane.Create(1.0 / rows);
        var scale = TLane.Load((TElement*)inverse + channel);
        var normalized = (TLane.Load((TElement*)x + position) - TLane.Load((TElement*)mean + channel)) * scale;
        var common = (TLane.Load((TElement*)dbeta + channel) + normalized * TLane.Load((TElement*)dgamma + channel)) * perRow;
        var result = (TLane.Load((TElement*)dy + position) - common) * scale * TLane.Load((TElement*)gamma + channel);
        result.Store((TElement*)dx + position);
    }
}
