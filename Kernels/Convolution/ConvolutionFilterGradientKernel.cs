using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The gradient of a convolution with respect to its filter.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, output channels]</c>.</param>
/// <param name="dfilter">The filter's gradient <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="sizes">The sizes of the forward convolution.</param>
public readonly unsafe struct ConvolutionFilterGradientKernel<T>(
    ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dfilter, ConvolutionSizes sizes) : IKernel, IPartialSum
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dfilter = dfilter;
    private readonly ConvolutionSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "conv2d_filter_gradient";

    /// <inheritdoc/>
    public void RunHost() =>
        PartialSums.Sum(this, sizes.OutputPixels, 2.0 * sizes.OutputPixels * sizes.FilterLength, dfilter);

    void IPartialSum.Sum<TVector, TScalar, TElement>(long first, long last, TElement* target)
    {
        var window = (nint)sizes.WindowLength;
        var channels = (nint)sizes.OutputChannels;
        var groupChannels = (nint)sizes.GroupOutputChannels;
        var blockPixels = Windows<TVector, TScalar, TElement>.BlockPixels(sizes);
        var windows = sizes.IsPointwise ? null : HostScratch.Get<TElement>(HostScratch.Use.Windows, blockPixels * window);
        // At least once, so that without pixels the gradient becomes 0.
        for (var pixel = first; pixel == first || pixel < last; pixel += blockPixels)
        {
            var count = (nint)Math.Min(blockPixels, last - pixel);
            for (var group = 0; group < sizes.Groups; group++)
            {
                // windowsᵀ [window, pixels] · dy [pixels, channels].
                var left = new StridedMatrix<TElement>(windows, 1, window);
                if (sizes.IsPointwise)
                    left = new((TElement*)x.Pointer + pixel * sizes.InputChannels + group * window, 1, sizes.InputChannels);
                else
                    Windows<TVector, TScalar, TElement>.Gather(sizes, (TElement*)x.Pointer, group, pixel, count, windows);
                MatrixProduct<TVector, TElement>.Multiply(
                    left,
                    new((TElement*)dy.Pointer + pixel * channels + group * groupChannels, channels, 1),
                    target + group * groupChannels,
                    channels,
                    window,
                    groupChannels,
                    count,
                    bias: null,
                    accumulate: pixel > first,
                    default(Identity));
            }
        }
    }
}
