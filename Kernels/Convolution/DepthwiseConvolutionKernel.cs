namespace GpuKeras.Kernels.Convolution;

/// <summary>A depthwise convolution: every input channel is convolved with its own <c>multiplier</c> filters.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels, multiplier]</c>.</param>
/// <param name="y">The output <c>[batch, output height, output width, channels · multiplier]</c>.</param>
/// <param name="sizes">All sizes; the number of groups is the number of input channels.</param>
public readonly unsafe struct DepthwiseConvolutionKernel<T>(ArrayView<T> x, ArrayView<T> filter, ArrayView<T> y, ConvolutionSizes sizes)
    : IKernel, IRangeBody, ILaneBody, IPixelStep, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> filter = filter;
    private readonly ArrayView<T> y = y;
    private readonly ConvolutionSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "depthwise_conv2d";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(
        (long)sizes.Batch * sizes.OutputHeight, HostLoop.UnitsPerThread(2.0 * sizes.OutputWidth * sizes.FilterLength), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        // Neighbouring output channels see neighbouring input channels only where each of these has one filter.
        if (sizes.GroupOutputChannels == 1)
            launcher.LaunchPixels<T, DepthwiseConvolutionKernel<T>>(sizes.OutputPixels, sizes.OutputChannels, this);
        else
            launcher.LaunchElements<T, DepthwiseConvolutionKernel<T>>(sizes.OutputPixels * sizes.OutputChannels, this);
    }

    /// <summary>Computes rows <paramref name="start"/> to <paramref name="end"/> of the output, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, DepthwiseConvolutionKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var channels = (nint)sizes.InputChannels;
        var multiplier = sizes.GroupOutputChannels;
        y.SubView(start * sizes.OutputWidth * sizes.OutputChannels, (end - start) * sizes.OutputWidth * sizes.OutputChannels).Span.Clear();
        var taps = new DepthwiseTaps(sizes, start, end);
        while (taps.MoveNext())
        {
            var source = (TElement*)x.Pointer + taps.InputPixel * channels;
            var weights = (TElement*)filter.Pointer + taps.FilterPixel * sizes.OutputChannels;
            var target = (TElement*)y.Pointer + taps.OutputPixel * sizes.OutputChannels;
            if (multiplier == 1)
            {
                HostRow<TVector, TScalar, TElement>.AddProduct(target, source, weights, channels);
                continue;
            }
            for (nint channel = 0; channel < channels; channel++)
            {
                var first = channel * multiplier;
                HostRow<TVector, TScalar, TElement>.AddScaled(target + first, weights + first, source[channel], multiplier);
            }
        }
    }

    void IElementStep.Step<TLane, TElement>(long index)
    {
        var pixel = (int)index / sizes.OutputChannels;
        Compute<TLane, TElement>(pixel, (int)index - pixel * sizes.OutputChannels);
    }

    void IPixelStep.Step<TLane, TElement>(int pixel, int channel) => Compute<TLane, TElement>(pixel, channel);

    private void Compute<TLane, TElement>(int pixel, int channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var at = new PixelCursor(pixel, sizes.OutputHeight, sizes.OutputWidth);
        var (row, column) = (at.Row * sizes.StrideHeight - sizes.PadTop, at.Column * sizes.StrideWidth - sizes.PadLeft);
        var source = (TElement*)x.Pointer + at.Image * sizes.InputImageLength + channel / sizes.GroupOutputChannels;
        var weights = (TElement*)filter.Pointer + channel;
        var sum = TLane.Create(0);
        for (var ky = 0; ky < sizes.KernelHeight; ky++)
        {
            var inputRow = row + ky * sizes.DilationHeight;
            for (var kx = 0; kx < sizes.KernelWidth; kx++, weights += sizes.OutputChannels)
            {
                var inputColumn = column + kx * sizes.DilationWidth;
                if ((uint)inputRow >= (uint)sizes.InputHeight || (uint)inputColumn >= (uint)sizes.InputWidth)
                    continue;
                var input = TLane.Load(source + ((long)inputRow * sizes.InputWidth + inputColumn) * sizes.InputChannels);
                sum = TLane.MultiplyAdd(input, TLane.Load(weights), sum);
            }
        }
        sum.Store((TElement*)y.Pointer + (long)pixel * sizes.OutputChannels + channel);
    }
}
