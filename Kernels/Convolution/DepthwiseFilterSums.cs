namespace GpuKeras.Kernels.Convolution;

/// <summary>The device body of <see cref="DepthwiseFilterGradientKernel{T}"/>: sums over parts of the output rows, then their sum.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct DepthwiseFilterSums<T> : IPixelStep, IElementStep
    where T : unmanaged
{
    // Items that keep a multiprocessor of a GPU busy, and numbers of the input and gradient that stay in a processor's cache.
    private const int ItemsPerMultiprocessor = 1024;
    private const long PartElements = 1 << 17;
    private const int MaxParts = 64;

    private readonly ArrayView<T> x;
    private readonly ArrayView<T> dy;
    private readonly ArrayView<T> result;
    private readonly ConvolutionSizes sizes;
    private readonly ArrayView<T> sums;
    private readonly int parts;

    /// <summary>The gradient; the parameters are those of the kernel.</summary>
    public DepthwiseFilterSums(ArrayView<T> x, ArrayView<T> dy, ArrayView<T> result, in ConvolutionSizes sizes) =>
        (this.x, this.dy, this.result, this.sizes) = (x, dy, result, sizes);

    private DepthwiseFilterSums(in DepthwiseFilterSums<T> whole, ArrayView<T> sums, int parts)
    {
        this = whole;
        (this.sums, this.parts) = (sums, parts);
    }

    private long OutputRows => (long)sizes.Batch * sizes.OutputHeight;

    private int Taps => sizes.KernelHeight * sizes.KernelWidth;

    /// <summary>Queues the gradient.</summary>
    public void Launch(ILauncher launcher)
    {
        var wanted = launcher.Profile.IsCpuLike
            ? (x.Length + dy.Length) / PartElements
            : (long)ItemsPerMultiprocessor * launcher.Profile.Multiprocessors / result.Length;
        var count = (int)Math.Clamp(wanted, 1, Math.Max(1, Math.Min(OutputRows, MaxParts)));
        var target = count == 1 ? result : launcher.Scratch<T>(count * result.Length);
        var body = new DepthwiseFilterSums<T>(this, target, count);
        if (sizes.GroupOutputChannels == 1)
            launcher.LaunchPixels<T, DepthwiseFilterSums<T>>((long)count * Taps, sizes.OutputChannels, body);
        else
            launcher.LaunchElements<T, DepthwiseFilterSums<T>>(target.Length, body);
        PartialSums.LaunchAddition(launcher, target, result, count);
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var place = (int)index / sizes.OutputChannels;
        Step<TLane, TElement>(place, (int)index - place * sizes.OutputChannels);
    }

    /// <inheritdoc/>
    /// <remarks>The pixels are those of the filter, once for each part.</remarks>
    public void Step<TLane, TElement>(int pixel, int channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (part, tap) = (pixel / Taps, pixel % Taps);
        var (ky, kx) = (tap / sizes.KernelWidth, tap % sizes.KernelWidth);
        var source = (TElement*)x.Pointer + channel / sizes.GroupOutputChannels;
        var sum = TLane.Create(0);
        var (first, last) = ((int)(OutputRows * part / parts), (int)(OutputRows * (part + 1) / parts));
        for (var row = first; row < last; row++)
        {
            var image = row / sizes.OutputHeight;
            var inputRow = (row - image * sizes.OutputHeight) * sizes.StrideHeight + ky * sizes.DilationHeight - sizes.PadTop;
            if ((uint)inputRow >= (uint)sizes.InputHeight)
                continue;
            var inputs = source + ((long)image * sizes.InputHeight + inputRow) * sizes.InputWidth * sizes.InputChannels;
            var upstream = (TElement*)dy.Pointer + (long)row * sizes.OutputWidth * sizes.OutputChannels + channel;
            for (var column = 0; column < sizes.OutputWidth; column++, upstream += sizes.OutputChannels)
            {
                var inputColumn = column * sizes.StrideWidth + kx * sizes.DilationWidth - sizes.PadLeft;
                if ((uint)inputColumn < (uint)sizes.InputWidth)
                    sum = TLane.MultiplyAdd(TLane.Load(inputs + (long)inputColumn * sizes.InputChannels), TLane.Load(upstream), sum);
            }
        }
        sum.Store((TElement*)sums.Pointer + (long)pixel * sizes.OutputChannels + channel);
    }
}
