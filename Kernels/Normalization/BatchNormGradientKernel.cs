using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// The gradient of batch normalisation with batch statistics: dy, x <c>[rows, channels]</c> → dx <c>[rows, channels]</c>, dgamma, dbeta
/// <c>[channels]</c>.
/// </summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// With x̂ = (x − mean) / √(variance + epsilon): dbeta = Σ dy; dgamma = Σ dy·x̂;
/// dx = gamma / √(variance + epsilon) · (dy − dbeta / rows − x̂ · dgamma / rows) (Ioffe and Szegedy 2015).
/// </remarks>
public readonly unsafe struct BatchNormGradientKernel<T>(
    ArrayView<T> x,
    ArrayView<T> mean,
    ArrayView<T> variance,
    ArrayView<T> gamma,
    ArrayView<T> dy,
    ArrayView<T> dx,
    ArrayView<T> dgamma,
    ArrayView<T> dbeta,
    long rows,
    long channels,
    double epsilon) : IKernel
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> variance = variance;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;
    private readonly ArrayView<T> dgamma = dgamma;
    private readonly ArrayView<T> dbeta = dbeta;

    /// <inheritdoc/>
    public static string Name => "batch_norm_gradient";

    /// <inheritdoc/>
    public void RunHost()
    {
        var chunks = Math.Max(1, (rows + ProductSumsBody<T>.RowsPerChunk - 1) / ProductSumsBody<T>.RowsPerChunk);
        var partial = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)((2 * chunks + 1) * channels));
        var inverse = partial + 2 * chunks * channels;
        LaneDispatch.Run<T, InverseDeviation<T>>(new(variance.Pointer, inverse, epsilon), 0, channels);
        var sums = new ProductSumsBody<T>(x.Pointer, dy.Pointer, mean.Pointer, inverse, partial, rows, channels);
        HostThreads.For(
            rows > 0 ? chunks : 0, Math.Max(1, HostLoop.ElementsPerThread / (ProductSumsBody<T>.RowsPerChunk * Math.Max(1, channels))),
            sums);
        ReduceBody<SumReduction, T>.Run(partial, dbeta.Pointer, 1, 1, rows > 0 ? chunks : 0, channels, finishCount: rows);
        ReduceBody<SumReduction, T>.Run(
            partial + chunks * channels, dgamma.Pointer, 1, 1, rows > 0 ? chunks : 0, channels, finishCount: rows);
        var apply = new BatchNormGradientBody<T>(
            x.Pointer, dy.Pointer, dx.Pointer, mean.Pointer, inverse, gamma.Pointer, dgamma.Pointer, dbeta.Pointer, rows, channels);
        HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, channels)), apply);
    }
}
