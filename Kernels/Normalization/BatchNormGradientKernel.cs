using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// The gradient of y = f(x̂ · gamma + beta) with batch statistics: dy, x <c>[rows, channels]</c> → dx <c>[rows, channels]</c>, dgamma,
/// dbeta <c>[channels]</c>.
/// </summary>
/// <typeparam name="TActivation">f; <see cref="Identity"/> for none.</typeparam>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// With x̂ = (x − mean) / √(variance + epsilon) and g = dy · f′(x̂ · gamma + beta): dbeta = Σ g; dgamma = Σ g·x̂;
/// dx = gamma / √(variance + epsilon) · (g − dbeta / rows − x̂ · dgamma / rows) (Ioffe and Szegedy 2015). Both passes compute f's
/// argument again, with the forward pass's bits, instead of reading it.
/// </remarks>
public readonly unsafe struct BatchNormGradientKernel<TActivation, T>(
    ArrayView<T> x,
    ArrayView<T> mean,
    ArrayView<T> variance,
    ArrayView<T> gamma,
    ArrayView<T> beta,
    ArrayView<T> dy,
    ArrayView<T> dx,
    ArrayView<T> dgamma,
    ArrayView<T> dbeta,
    long rows,
    long channels,
    double epsilon,
    TActivation activation = default) : IKernel
    where TActivation : struct, IDifferentiableFunction
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> variance = variance;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> beta = beta;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;
    private readonly ArrayView<T> dgamma = dgamma;
    private readonly ArrayView<T> dbeta = dbeta;
    private readonly TActivation activation = activation;

    /// <inheritdoc/>
    public static string Name => "batch_norm_gradient";

    /// <inheritdoc/>
    public void RunHost()
    {
        var chunks = rows > 0 ? (rows + BatchNormSumsBody<TActivation, T>.RowsPerChunk - 1) / BatchNormSumsBody<TActivation, T>.RowsPerChunk : 0;
        var partial = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)((2 * chunks + 1) * channels));
        var parameters = new BatchNormParameters<T>(mean, variance, gamma, beta, partial + 2 * chunks * channels, epsilon);
        HostThreads.For(
            chunks, Math.Max(1, HostLoop.ElementsPerThread / (BatchNormSumsBody<TActivation, T>.RowsPerChunk * Math.Max(1, channels))),
            new BatchNormSumsBody<TActivation, T>(
                x, dy, parameters, HostMemory.View(partial, 2 * chunks * channels), rows, channels, activation));
        ReduceBody<SumReduction, T>.Run(partial, dbeta.Pointer, 1, 1, chunks, channels, finishCount: rows);
        ReduceBody<SumReduction, T>.Run(partial + chunks * channels, dgamma.Pointer, 1, 1, chunks, channels, finishCount: rows);
        HostThreads.For(
            rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, channels)),
            new BatchNormGradientBody<TActivation, T>(
                x, dy, dx, parameters, dgamma, dbeta, rows, channels, activation));
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (channels == 0)
            return;
        var parameters = new BatchNormParameters<T>(mean, variance, gamma, beta, epsilon);
        var chunkRows = ColumnBlocks.RowsPerSegment(
            launcher.Profile, rows, channels, BatchNormSumsBody<TActivation, T>.RowsPerChunk);
        var chunks = (rows + chunkRows - 1) / chunkRows;
        var partial = launcher.Scratch<T>(2 * chunks * channels);
        ColumnSums<SumReduction, T, BatchNormSumsBody<TActivation, T>>.Launch(
            launcher, new(x, dy, parameters, partial, rows, channels, activation, chunkRows), chunks, channels);
        ColumnSumPair<T>.Launch(launcher, partial, dbeta, dgamma, chunks, channels);
        var segmentRows = RowBlock.RowsPerItem(launcher.Profile);
        ColumnLoop<T, BatchNormGradientBody<TActivation, T>>.Launch(
            launcher, new(x, dy, dx, parameters, dgamma, dbeta, rows, channels, activation, segmentRows),
            (rows + segmentRows - 1) / segmentRows, channels);
    }
}
