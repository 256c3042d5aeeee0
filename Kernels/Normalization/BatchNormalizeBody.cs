using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The loop of <see cref="BatchNormalizeKernel{TActivation, T}"/> over rows.</summary>
/// <typeparam name="TActivation">The activation.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormalizeBody<TActivation, T> : IRangeBody, ILaneBody
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly T* x;
    private readonly T* y;
    private readonly BatchNormParameters<T> parameters;
    private readonly long channels;
    private readonly TActivation activation;

    public BatchNormalizeBody(T* x, T* y, in BatchNormParameters<T> parameters, long channels, TActivation activation)
    {
        this.x = x;
        this.y = y;
        (this.parameters, this.channels, this.activation) = (parameters, channels, activation);
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
        {
            var (center, _, scale, offset) = parameters.Load<TLane, TElement>(channel);
            var source = (TElement*)x + firstRow * channels + channel;
            var target = (TElement*)y + firstRow * channels + channel;
            for (var row = 0L; row < count; row++, source += channels, target += channels)
                activation.Value(TLane.MultiplyAdd(TLane.Load(source) - center, scale, offset)).Store(target);
        }
        return channel;
    }
}
