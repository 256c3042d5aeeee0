namespace GpuKeras.Kernels.Pooling;

/// <summary>The gradient of an average pooling: each output's gradient is shared equally by the pixels of its window.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, channels]</c>.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward pooling.</param>
/// <remarks>Each image is one thread's: where windows overlap, gradients add up in the same order every time.</remarks>
public readonly unsafe struct AveragePoolGradientKernel<T>(ArrayView<T> dy, ArrayView<T> dx, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "average_pool2d_gradient";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.Batch, sizes.ImagesPerThread, this);

    /// <summary>Computes images <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, AveragePoolGradientKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        dx.SubView(start * sizes.InputImageLength, (end - start) * sizes.InputImageLength).Span.Clear();
        var channels = (nint)sizes.Channels;
        for (var row = start * sizes.OutputHeight; row < end * sizes.OutputHeight; row++)
        {
            var (image, outputRow) = Math.DivRem(row, sizes.OutputHeight);
            var target = (TElement*)dx.Pointer + image * sizes.InputImageLength;
            for (var column = 0; column < sizes.OutputWidth; column++)
            {
                var window = sizes.Window(outputRow, column);
                var source = (TElement*)dy.Pointer + (row * sizes.OutputWidth + column) * channels;
                TElement share;
                TScalar.Create(1.0 / window.Pixels).Store(&share);
                for (var y = window.Top; y < window.Bottom; y++)
                {
                    for (var x = window.Left; x < window.Right; x++)
                    {
                        HostRow<TVector, TScalar, TElement>.AddScaled(
                            target + ((nint)y * sizes.InputWidth + x) * channels, source, share, channels);
                    }
                }
            }
        }
    }
}
