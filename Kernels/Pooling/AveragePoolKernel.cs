namespace GpuKeras.Kernels.Pooling;

/// <summary>The mean of every window; padding is not counted.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="y">The means <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="sizes">All sizes. Every window must hold at least one input pixel.</param>
public readonly unsafe struct AveragePoolKernel<T>(ArrayView<T> x, ArrayView<T> y, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody, IPixelStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "average_pool2d";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.OutputRows, sizes.RowsPerThread, this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) =>
        launcher.LaunchPixels<T, AveragePoolKernel<T>>(sizes.OutputPixels, sizes.Channels, this);

    /// <summary>Computes rows <paramref name="start"/> to <paramref name="end"/> of the output, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, AveragePoolKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var channels = (long)sizes.Channels;
        for (var row = start; row < end; row++)
        {
            var (image, outputRow) = Math.DivRem(row, sizes.OutputHeight);
            var source = (TElement*)x.Pointer + image * sizes.InputImageLength;
            for (var column = 0; column < sizes.OutputWidth; column++)
            {
                var window = sizes.Window(outputRow, column);
                var target = (TElement*)y.Pointer + (row * sizes.OutputWidth + column) * channels;
                long channel = 0;
                for (; channel + TVector.Count <= channels; channel += TVector.Count)
                    Mean<TVector, TElement>(source + channel, window).Store(target + channel);
                for (; channel < channels; channel++)
                    Mean<TScalar, TElement>(source + channel, window).Store(target + channel);
            }
        }
    }

    /// <inheritdoc/>
    void IPixelStep.Step<TLane, TElement>(int pixel, int channel)
    {
        var at = sizes.OutputAt(pixel);
        var image = (TElement*)x.Pointer + sizes.InputIndex(at.Image, 0, 0, channel);
        Mean<TLane, TElement>(image, sizes.Window(at.Row, at.Column)).Store((TElement*)y.Pointer + (long)pixel * sizes.Channels + channel);
    }

    private TLane Mean<TLane, TElement>(TElement* source, PoolingWindow window)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var sum = TLane.Create(0);
        for (var row = window.Top; row < window.Bottom; row++)
        {
            var pixel = source + ((long)row * sizes.InputWidth + window.Left) * sizes.Channels;
            for (var column = window.Left; column < window.Right; column++, pixel += sizes.Channels)
                sum += TLane.Load(pixel);
        }
        return sum / TLane.Create(window.Pixels);
    }
}
