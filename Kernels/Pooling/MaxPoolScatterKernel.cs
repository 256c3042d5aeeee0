namespace GpuKeras.Kernels.Pooling;

/// <summary>The gradient of a max pooling: each output's gradient goes to the input element that was its maximum.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="positions">The maxima's pixels, as <see cref="MaxPoolKernel{T}"/> wrote them.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward pooling.</param>
/// <remarks>Each image is one thread's: where windows overlap, gradients add up in the same order every time.</remarks>
public readonly unsafe struct MaxPoolScatterKernel<T>(ArrayView<T> dy, ArrayView<int> positions, ArrayView<T> dx, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<int> positions = positions;
    private readonly ArrayView<T> dx = dx;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "max_pool2d_scatter";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.Batch, sizes.ImagesPerThread, this);

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, MaxPoolScatterKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        dx.SubView(start * sizes.InputImageLength, (end - start) * sizes.InputImageLength).Span.Clear();
        for (var image = start; image < end; image++)
        {
            var offset = image * sizes.OutputImageLength;
            var source = (TElement*)dy.Pointer + offset;
            var target = (TElement*)dx.Pointer + image * sizes.InputImageLength;
            for (nint first = 0; first < sizes.OutputImageLength; first += sizes.Channels)
            {
                for (nint channel = 0; channel < sizes.Channels; channel++)
                {
                    var place = target + (nint)positions[offset + first + channel] * sizes.Channels + channel;
                    (TScalar.Load(place) + TScalar.Load(source + first + channel)).Store(place);
                }
            }
        }
    }
}
