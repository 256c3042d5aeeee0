using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Pooling;

/// <summary>The maximum of every window, and where it was.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="y">The maxima <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="places">
/// For each maximum, which pixel of its window it came from: those inside the input, counted row by row; empty if not wanted. They are
/// numbers of the values' type, so that they are chosen with the values; a window has fewer than 2²⁴ pixels.
/// </param>
/// <param name="sizes">All sizes. Every window must hold at least one input pixel.</param>
/// <remarks>NaN counts as larger than any number. Among equals the first in row-major order wins; among NaNs, the last.</remarks>
public readonly unsafe struct MaxPoolKernel<T>(ArrayView<T> x, ArrayView<T> y, ArrayView<T> places, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody, IPixelStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> places = places;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "max_pool2d";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.OutputRows, sizes.RowsPerThread, this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) =>
        launcher.LaunchPixels<T, MaxPoolKernel<T>>(sizes.OutputPixels, sizes.Channels, this);

    /// <summary>Computes rows <paramref name="start"/> to <paramref name="end"/> of the output, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, MaxPoolKernel<T>>(this, start, end);

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
                var channel = Maxima<TVector, TElement>(pixel, window, first, 0);
                Maxima<TScalar, TElement>(pixel, window, first, channel);
            }
        }
    }

    /// <inheritdoc/>
    void IPixelStep.Step<TLane, TElement>(int pixel, int channel)
    {
        var at = sizes.OutputAt(pixel);
        var window = sizes.Window(at.Row, at.Column);
        Maximum<TLane, TElement>(
            (TElement*)x.Pointer + sizes.InputIndex(at.Image, window.Top, window.Left, channel), window, (long)pixel * sizes.Channels + channel);
    }

    /// <summary>Registers of channels, from <paramref name="channel"/> on as long as they are whole; returns the next channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Maxima<TLane, TElement>(TElement* window, PoolingWindow size, long target, long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (; channel + TLane.Count <= sizes.Channels; channel += TLane.Count)
            Maximum<TLane, TElement>(window + channel, size, target + channel);
        return channel;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Maximum<TLane, TElement>(TElement* pixel, PoolingWindow size, long target)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var channels = (long)sizes.Channels;
        var rowStep = ((long)sizes.InputWidth - size.Width) * channels;
        var one = TLane.Create(1);
        var best = TLane.Load(pixel);
        var (place, bestPlace) = (TLane.Create(0), TLane.Create(0));
        for (var row = size.Height; row > 0; row--, pixel += rowStep)
        {
            for (var column = size.Width; column > 0; column--, pixel += channels)
            {
                var value = TLane.Load(pixel);
                // Only NaN differs from itself. A NaN that is already the best stays: no number is larger.
                bestPlace = TLane.WhereEqual(value, value, TLane.WhereLess(best, value, place, bestPlace), place);
                best = TLane.WhereEqual(value, value, TLane.WhereLess(best, value, value, best), value);
                place += one;
            }
        }
        best.Store((TElement*)y.Pointer + target);
        if (places.Length > 0)
            bestPlace.Store((TElement*)places.Pointer + target);
    }
}
