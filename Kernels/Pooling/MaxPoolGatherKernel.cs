namespace GpuKeras.Kernels.Pooling;

/// <summary>Reads, for every output of a max pooling, the input element that was its maximum: the transpose of its gradient.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="x">A tensor shaped as the input <c>[batch, height, width, channels]</c>.</param>
/// <param name="positions">The maxima's pixels, as <see cref="MaxPoolKernel{T}"/> wrote them.</param>
/// <param name="y">The elements <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward pooling.</param>
public readonly struct MaxPoolGatherKernel<T>(ArrayView<T> x, ArrayView<int> positions, ArrayView<T> y, PoolingSizes sizes)
    : IKernel, IRangeBody
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<int> positions = positions;
    private readonly ArrayView<T> y = y;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "max_pool2d_gather";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.Batch, sizes.ImagesPerThread, this);

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end)
    {
        for (var image = start; image < end; image++)
        {
            var source = x.SubView(image * sizes.InputImageLength, sizes.InputImageLength);
            var offset = image * sizes.OutputImageLength;
            for (var first = 0L; first < sizes.OutputImageLength; first += sizes.Channels)
            {
                for (var channel = 0; channel < sizes.Channels; channel++)
                {
                    var element = offset + first + channel;
                    y[element] = source[(long)positions[element] * sizes.Channels + channel];
                }
            }
        }
    }
}
