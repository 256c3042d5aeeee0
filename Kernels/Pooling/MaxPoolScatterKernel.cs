using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Pooling;

/// <summary>The gradient of a max pooling: each output's gradient goes to the input element that was its maximum.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="places">The maxima's places in their windows, as <see cref="MaxPoolKernel{T}"/> wrote them.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward pooling.</param>
/// <remarks>Each image is one thread's: where windows overlap, gradients add up in the same order every time.</remarks>
public readonly unsafe struct MaxPoolScatterKernel<T>(ArrayView<T> dy, ArrayView<T> places, ArrayView<T> dx, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody, IPixelStep
    where T : unmanaged
{
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> places = places;
    private readonly ArrayView<T> dx = dx;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "max_pool2d_scatter";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.Batch, sizes.ImagesPerThread, this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) =>
        launcher.LaunchPixels<T, MaxPoolScatterKernel<T>>(sizes.InputPixels, sizes.Channels, this);

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, MaxPoolScatterKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var channels = (long)sizes.Channels;
        // Where windows neither overlap nor leave gaps, every element is written once; otherwise gradients are added to zeros.
        var tiles = sizes.WindowsTile;
        if (!tiles)
            dx.SubView(start * sizes.InputImageLength, (end - start) * sizes.InputImageLength).Span.Clear();
        for (var row = start * sizes.OutputHeight; row < end * sizes.OutputHeight; row++)
        {
            var (image, outputRow) = Math.DivRem(row, sizes.OutputHeight);
            var target = (TElement*)dx.Pointer + image * sizes.InputImageLength;
            for (var column = 0; column < sizes.OutputWidth; column++)
            {
                var window = sizes.Window(outputRow, column);
                var pixel = target + ((long)window.Top * sizes.InputWidth + window.Left) * channels;
                var first = (long)(row * sizes.OutputWidth + column) * channels;
                var channel = Scatter<TVector, TElement>(pixel, window, first, 0, tiles);
                Scatter<TScalar, TElement>(pixel, window, first, channel, tiles);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>An input element collects from the windows whose maximum it was, in the order in which the host adds to it.</remarks>
    void IPixelStep.Step<TLane, TElement>(int pixel, int channel)
    {
        var at = sizes.InputAt(pixel);
        var windows = sizes.WindowsOver(at.Row, at.Column);
        var (zero, sum) = (TLane.Create(0), TLane.Create(0));
        for (var row = windows.Top; row < windows.Bottom; row++)
        {
            for (var column = windows.Left; column < windows.Right; column++)
            {
                var window = sizes.Window(row, column);
                var place = TLane.Create((at.Row - window.Top) * window.Width + at.Column - window.Left);
                var source = (long)sizes.OutputIndex(at.Image, row, column, channel);
                var chosen = TLane.Load((TElement*)places.Pointer + source);
                sum += TLane.WhereEqual(place, chosen, TLane.Load((TElement*)dy.Pointer + source), zero);
            }
        }
        sum.Store((TElement*)dx.Pointer + (long)pixel * sizes.Channels + channel);
    }

    /// <summary>Registers of channels, from <paramref name="channel"/> on as long as they are whole; returns the next channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Scatter<TLane, TElement>(TElement* window, PoolingWindow size, long source, long channel, bool overwrite)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var channels = (long)sizes.Channels;
        var rowStep = ((long)sizes.InputWidth - size.Width) * channels;
        var (zero, one) = (TLane.Create(0), TLane.Create(1));
        for (; channel + TLane.Count <= channels; channel += TLane.Count)
        {
            var pixel = window + channel;
            var gradient = TLane.Load((TElement*)dy.Pointer + source + channel);
            var chosen = TLane.Load((TElement*)places.Pointer + source + channel);
            var place = zero;
            for (var row = size.Height; row > 0; row--, pixel += rowStep)
            {
                for (var column = size.Width; column > 0; column--, pixel += channels)
                {
                    var share = TLane.WhereEqual(place, chosen, gradient, zero);
                    (overwrite ? share : TLane.Load(pixel) + share).Store(pixel);
                    place += one;
                }
            }
        }
        return channel;
    }
}
