using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// The gradient of a convolution with respect to an input of few channels: the gradients of a block of windows are one matrix
/// product, and are added where the windows lie.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, output channels]</c>.</param>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward convolution.</param>
/// <remarks>Each image is one thread's: pixels of neighbouring windows add up, in the same order every time.</remarks>
internal readonly unsafe struct ScatteredInputGradient<T>(
    ArrayView<T> dy, ArrayView<T> filter, ArrayView<T> dx, ConvolutionSizes sizes) : IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> filter = filter;
    private readonly ArrayView<T> dx = dx;
    private readonly ConvolutionSizes sizes = sizes;

    /// <summary>Computes the gradient, the images split over the host's threads.</summary>
    public static void Compute(ArrayView<T> dy, ArrayView<T> filter, ArrayView<T> dx, in ConvolutionSizes sizes) => HostThreads.For(
        sizes.Batch,
        HostLoop.UnitsPerThread(2.0 * sizes.OutputImagePixels * sizes.WindowLength * sizes.OutputChannels),
        new ScatteredInputGradient<T>(dy, filter, dx, sizes));

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, ScatteredInputGradient<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        dx.SubView(start * sizes.InputImageLength, (end - start) * sizes.InputImageLength).Span.Clear();
        var window = (nint)sizes.WindowLength;
        var channels = (nint)sizes.OutputChannels;
        var groupChannels = (nint)sizes.GroupOutputChannels;
        var blockPixels = Windows<TVector, TScalar, TElement>.BlockPixels(sizes);
        var windows = HostScratch.Get<TElement>(HostScratch.Use.Windows, blockPixels * window);
        var last = end * sizes.OutputImagePixels;
        for (var pixel = start * sizes.OutputImagePixels; pixel < last; pixel += blockPixels)
        {
            var count = (nint)Math.Min(blockPixels, last - pixel);
            for (var group = 0; group < sizes.Groups; group++)
            {
                // Gradient of the windows: dy [pixels, channels] · filterᵀ [channels, window].
                MatrixProduct<TVector, TElement>.Multiply(
                    new((TElement*)dy.Pointer + pixel * channels + group * groupChannels, channels, 1),
                    new((TElement*)filter.Pointer + group * groupChannels, 1, channels),
                    windows,
                    window,
                    count,
                    window,
                    groupChannels,
                    bias: null,
                    accumulate: false,
                    default(Identity));
                Windows<TVector, TScalar, TElement>.ScatterAdd(sizes, windows, group, pixel, count, (TElement*)dx.Pointer);
            }
        }
    }
}
