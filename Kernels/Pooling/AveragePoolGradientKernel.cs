using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Pooling;

/// <summary>The gradient of an average pooling: each output's gradient is shared equally by the pixels of its window.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward pooling.</param>
/// <remarks>Each image is one thread's: where windows overlap, gradients add up in the same order every time.</remarks>
public readonly unsafe struct AveragePoolGradientKernel<T>(ArrayView<T> dy, ArrayView<T> dx, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody, IPixelStep
    where T : unmanaged
{
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "average_pool2d_gradient";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.Batch, sizes.ImagesPerThread, this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) =>
        launcher.LaunchPixels<T, AveragePoolGradientKernel<T>>(sizes.InputPixels, sizes.Channels, this);

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, AveragePoolGradientKernel<T>>(this, start, end);

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
                var source = (TElement*)dy.Pointer + (row * sizes.OutputWidth + column) * channels;
                var channel = Share<TVector, TElement>(pixel, window, source, 0, tiles);
                Share<TScalar, TElement>(pixel, window, source, channel, tiles);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>An input element collects from the windows that hold it, in the order in which the host adds to it.</remarks>
    void IPixelStep.Step<TLane, TElement>(int pixel, int channel)
    {
        var at = sizes.InputAt(pixel);
        var windows = sizes.WindowsOver(at.Row, at.Column);
        var sum = TLane.Create(0);
        for (var row = windows.Top; row < windows.Bottom; row++)
        {
            for (var column = windows.Left; column < windows.Right; column++)
            {
                var source = (TElement*)dy.Pointer + sizes.OutputIndex(at.Image, row, column, channel);
                sum += TLane.Load(source) * (TLane.Create(1) / TLane.Create(sizes.Window(row, column).Pixels));
            }
        }
        sum.Store((TElement*)dx.Pointer + (long)pixel * sizes.Channels + channel);
    }

    /// <summary>Registers of channels, from <paramref name="channel"/> on as long as they are whole; returns the next channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Share<TLane, TElement>(TElement* window, PoolingWindow size, TElement* source, long channel, bool overwrite)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var channels = (long)sizes.Channels;
        var rowStep = ((long)sizes.InputWidth - size.Width) * channels;
        var factor = TLane.Create(1) / TLane.Create(size.Pixels);
        for (; channel + TLane.Count <= channels; channel += TLane.Count)
        {
            var pixel = window + channel;
            var share = TLane.Load(source + channel) * factor;
            for (var row = size.Height; row > 0; row--, pixel += rowStep)
            {
                for (var column = size.Width; column > 0; column--, pixel += channels)
                    (overwrite ? share : TLane.Load(pixel) + share).Store(pixel);
            }
        }
        return channel;
    }
}
