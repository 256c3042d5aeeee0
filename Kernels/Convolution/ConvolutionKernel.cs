using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>y = f(x ∗ filter + bias), a 2D convolution (in the field's sense: a cross-correlation).</summary>
/// <typeparam name="TActivation">f; <see cref="Identity"/> for none.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="bias">The bias <c>[output channels]</c>; empty for none.</param>
/// <param name="y">The output <c>[batch, output height, output width, output channels]</c>.</param>
/// <param name="sizes">All sizes.</param>
/// <param name="activation">f's parameters.</param>
public readonly unsafe struct ConvolutionKernel<TActivation, T>(
    ArrayView<T> x, ArrayView<T> filter, ArrayView<T> bias, ArrayView<T> y, ConvolutionSizes sizes, TActivation activation = default)
    : IKernel, IRangeBody, ILaneBody
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> filter = filter;
    private readonly ArrayView<T> bias = bias;
    private readonly ArrayView<T> y = y;
    private readonly ConvolutionSizes sizes = sizes;
    private readonly TActivation activation = activation;

    /// <inheritdoc/>
    public static string Name => "conv2d";

    /// <inheritdoc/>
    public void RunHost() =>
        HostThreads.For(sizes.OutputPixels, HostLoop.UnitsPerThread(2.0 * sizes.WindowLength * sizes.OutputChannels), this);

    /// <summary>Computes output pixels <paramref name="start"/> to <paramref name="end"/>, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, ConvolutionKernel<TActivation, T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var window = (nint)sizes.WindowLength;
        var channels = (nint)sizes.OutputChannels;
        var groupChannels = (nint)sizes.GroupOutputChannels;
        var blockPixels = Windows<TVector, TScalar, TElement>.BlockPixels(sizes);
        var windows = sizes.IsPointwise ? null : HostScratch.Get<TElement>(HostScratch.Use.Windows, blockPixels * window);
        for (var pixel = start; pixel < end; pixel += blockPixels)
        {
            var count = (nint)Math.Min(blockPixels, end - pixel);
            for (var group = 0; group < sizes.Groups; group++)
            {
                var left = new StridedMatrix<TElement>(windows, window, 1);
                if (sizes.IsPointwise)
                    left = new((TElement*)x.Pointer + pixel * sizes.InputChannels + group * window, sizes.InputChannels, 1);
                else
                    Windows<TVector, TScalar, TElement>.Gather(sizes, (TElement*)x.Pointer, group, pixel, count, windows);
                MatrixProduct<TVector, TElement>.Multiply(
                    left,
                    new((TElement*)filter.Pointer + group * groupChannels, channels, 1),
                    (TElement*)y.Pointer + pixel * channels + group * groupChannels,
                    channels,
                    count,
                    groupChannels,
                    window,
                    bias.Length == 0 ? null : (TElement*)bias.Pointer + group * groupChannels,
                    accumulate: false,
                    activation);
            }
        }
    }
}
