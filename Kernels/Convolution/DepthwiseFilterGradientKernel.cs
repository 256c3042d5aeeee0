namespace GpuKeras.Kernels.Convolution;

/// <summary>The gradient of a depthwise convolution with respect to its filter.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, channels · multiplier]</c>.</param>
/// <param name="dfilter">The filter's gradient <c>[kernel height, kernel width, channels, multiplier]</c>.</param>
/// <param name="sizes">The sizes of the forward convolution.</param>
public readonly unsafe struct DepthwiseFilterGradientKernel<T>(
    ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dfilter, ConvolutionSizes sizes) : IKernel, IPartialSum
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dfilter = dfilter;
    private readonly ConvolutionSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "depthwise_conv2d_filter_gradient";

    /// <inheritdoc/>
    public void RunHost() =>
        PartialSums.Sum(this, FilterGradientOrder.Rows(sizes), FilterGradientOrder.Parts(sizes), dfilter);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (dfilter.Length > 0)
            new DepthwiseFilterSums<T>(x, dy, dfilter, sizes).Launch(launcher);
    }

    void IPartialSum.Sum<TVector, TScalar, TElement>(long first, long last, TElement* gradient)
    {
        new Span<TElement>(gradient, (int)sizes.FilterLength).Clear();
        var channels = (nint)sizes.InputChannels;
        var multiplier = sizes.GroupOutputChannels;
        var taps = new DepthwiseTaps(sizes, first, last);
        while (taps.MoveNext())
        {
            var source = (TElement*)x.Pointer + taps.InputPixel * channels;
            var upstream = (TElement*)dy.Pointer + taps.OutputPixel * sizes.OutputChannels;
            var target = gradient + taps.FilterPixel * sizes.OutputChannels;
            if (multiplier == 1)
            {
                HostRow<TVector, TScalar, TElement>.AddProduct(target, source, upstream, channels);
                continue;
            }
            for (nint channel = 0; channel < channels; channel++)
            {
                var offset = channel * multiplier;
                HostRow<TVector, TScalar, TElement>.AddScaled(target + offset, upstream + offset, source[channel], multiplier);
            }
        }
    }
}
