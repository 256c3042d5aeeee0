namespace GpuKeras.Kernels.Convolution;

/// <summary>The gradient of a depthwise convolution with respect to its input.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, channels · multiplier]</c>.</param>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels, multiplier]</c>.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward convolution.</param>
/// <remarks>Each image is one thread's: pixels of neighbouring windows add up, in the same order every time.</remarks>
public readonly unsafe struct DepthwiseInputGradientKernel<T>(
    ArrayView<T> dy, ArrayView<T> filter, ArrayView<T> dx, ConvolutionSizes sizes) : IKernel, IRangeBody, ILaneBody, IPixelStep, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> filter = filter;
    private readonly ArrayView<T> dx = dx;
    private readonly ConvolutionSizes sizes = sizes;

    private long InputPixels => (long)sizes.Batch * sizes.InputHeight * sizes.InputWidth;

    /// <inheritdoc/>
    public static string Name => "depthwise_conv2d_input_gradient";

    /// <inheritdoc/>
    public void RunHost() =>
        HostThreads.For(sizes.Batch, HostLoop.UnitsPerThread(2.0 * sizes.OutputImagePixels * sizes.FilterLength), this);

    /// <inheritdoc/>
    /// <remarks>An input element collects from the windows that hold it.</remarks>
    public void RunDevice(ILauncher launcher)
    {
        if (sizes.GroupOutputChannels == 1)
            launcher.LaunchPixels<T, DepthwiseInputGradientKernel<T>>(InputPixels, sizes.InputChannels, this);
        else
            launcher.LaunchElements<T, DepthwiseInputGradientKernel<T>>(InputPixels * sizes.InputChannels, this);
    }

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, DepthwiseInputGradientKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var channels = (nint)sizes.InputChannels;
        var multiplier = sizes.GroupOutputChannels;
        dx.SubView(start * sizes.InputImageLength, (end - start) * sizes.InputImageLength).Span.Clear();
        var taps = new DepthwiseTaps(sizes, start * sizes.OutputHeight, end * sizes.OutputHeight);
        while (taps.MoveNext())
        {
            var target = (TElement*)dx.Pointer + taps.InputPixel * channels;
            var weights = (TElement*)filter.Pointer + taps.FilterPixel * sizes.OutputChannels;
            var source = (TElement*)dy.Pointer + taps.OutputPixel * sizes.OutputChannels;
            if (multiplier == 1)
            {
                HostRow<TVector, TScalar, TElement>.AddProduct(target, source, weights, channels);
                continue;
            }
            for (nint channel = 0; channel < channels; channel++)
            {
                var sum = TScalar.Load(target + channel);
                for (var i = channel * multiplier; i < (channel + 1) * multiplier; i++)
                    sum = TScalar.MultiplyAdd(TScalar.Load(source + i), TScalar.Load(weights + i), sum);
                sum.Store(target + channel);
            }
        }
    }

    void IElementStep.Step<TLane, TElement>(long index)
    {
        var pixel = (int)index / sizes.InputChannels;
        Compute<TLane, TElement>(pixel, (int)index - pixel * sizes.InputChannels);
    }

    void IPixelStep.Step<TLane, TElement>(int pixel, int channel) => Compute<TLane, TElement>(pixel, channel);

    private void Compute<TLane, TElement>(int pixel, int channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var at = new PixelCursor(pixel, sizes.InputHeight, sizes.InputWidth);
        var first = channel * sizes.GroupOutputChannels;
        var weights = (TElement*)filter.Pointer + first;
        var sum = TLane.Create(0);
        for (var ky = 0; ky < sizes.KernelHeight; ky++)
        {
            // The output row whose window has the pixel at this tap, times the stride.
            var row = at.Row + sizes.PadTop - ky * sizes.DilationHeight;
            for (var kx = 0; kx < sizes.KernelWidth; kx++, weights += sizes.OutputChannels)
            {
                var column = at.Column + sizes.PadLeft - kx * sizes.DilationWidth;
                if (row < 0 || column < 0 || row % sizes.StrideHeight != 0 || column % sizes.StrideWidth != 0)
                    continue;
                var (outputRow, outputColumn) = (row / sizes.StrideHeight, column / sizes.StrideWidth);
                if (outputRow >= sizes.OutputHeight || outputColumn >= sizes.OutputWidth)
                    continue;
                var output = ((long)at.Image * sizes.OutputHeight + outputRow) * sizes.OutputWidth + outputColumn;
                var source = (TElement*)dy.Pointer + output * sizes.OutputChannels + first;
                for (var i = 0; i < sizes.GroupOutputChannels; i++)
                    sum = TLane.MultiplyAdd(TLane.Load(source + i), TLane.Load(weights + i), sum);
            }
        }
        sum.Store((TElement*)dx.Pointer + (long)pixel * sizes.InputChannels + channel);
    }
}
