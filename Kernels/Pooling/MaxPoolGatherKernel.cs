namespace GpuKeras.Kernels.Pooling;

/// <summary>Reads, for every output of a max pooling, the input element that was its maximum: the transpose of its gradient.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">A tensor shaped as the input <c>[batch, height, width, channels]</c>.</param>
/// <param name="places">The maxima's places in their windows, as <see cref="MaxPoolKernel{T}"/> wrote them.</param>
/// <param name="y">The elements <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward pooling.</param>
public readonly unsafe struct MaxPoolGatherKernel<T>(ArrayView<T> x, ArrayView<T> places, ArrayView<T> y, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody, IPixelStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> places = places;
    private readonly ArrayView<T> y = y;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "max_pool2d_gather";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.OutputRows, sizes.RowsPerThread, this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) =>
        launcher.LaunchPixels<T, MaxPoolGatherKernel<T>>(sizes.OutputPixels, sizes.Channels, this);

    /// <summary>Computes rows <paramref name="start"/> to <paramref name="end"/> of the output, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, MaxPoolGatherKernel<T>>(this, start, end);

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
                var pixel = source + ((long)window.Top * sizes.InputWidth + window.Left) * channels;
                var first = (long)(row * sizes.OutputWidth + column) * channels;
                long channel = 0;
                for (; channel + TVector.Count <= channels; channel += TVector.Count)
                    Gather<TVector, TElement>(pixel + channel, window, first + channel);
                for (; channel < channels; channel++)
                    Gather<TScalar, TElement>(pixel + channel, window, first + channel);
            }
        }
    }

    /// <inheritdoc/>
    void IPixelStep.Step<TLane, TElement>(int pixel, int channel)
    {
        var at = sizes.OutputAt(pixel);
        var window = sizes.Window(at.Row, at.Column);
        var source = (TElement*)x.Pointer + sizes.InputIndex(at.Image, window.Top, window.Left, channel);
        Gather<TLane, TElement>(source, window, (long)pixel * sizes.Channels + channel);
    }

    private void Gather<TLane, TElement>(TElement* pixel, PoolingWindow size, long target)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var channels = (long)sizes.Channels;
        var chosen = TLane.Load((TElement*)places.Pointer + target);
        var (place, result) = (TLane.Create(0), TLane.Create(0));
        for (var row = 0; row < size.Height; row++)
        {
            for (var column = 0; column < size.Width; column++)
            {
                result = TLane.WhereEqual(place, chosen, TLane.Load(pixel + ((long)row * sizes.InputWidth + column) * channels), result);
                place += TLane.Create(1);
            }
        }
        result.Store((TElement*)y.Pointer + target);
    }
}
