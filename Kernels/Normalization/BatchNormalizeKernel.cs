using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// y = f((x − mean) · gamma / √(variance + epsilon) + beta): x, y <c>[rows, channels]</c>, the rest <c>[channels]</c>.
/// </summary>
/// <typeparam name="TActivation">f; <see cref="Identity"/> for none.</typeparam>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>x and y may be the same memory.</remarks>
public readonly unsafe struct BatchNormalizeKernel<TActivation, T>(
    ArrayView<T> x,
    ArrayView<T> mean,
    ArrayView<T> variance,
    ArrayView<T> gamma,
    ArrayView<T> beta,
    ArrayView<T> y,
    long rows,
    long channels,
    double epsilon,
    TActivation activation = default) : IKernel
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> variance = variance;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> beta = beta;
    private readonly ArrayView<T> y = y;
    private readonly TActivation activation = activation;

    /// <inheritdoc/>
    public static string Name => "batch_normalize";

    /// <inheritdoc/>
    public void RunHost()
    {
        var inverse = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)channels);
        var parameters = new BatchNormParameters<T>(mean, variance, gamma, beta, inverse, epsilon);
        HostThreads.For(
            rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, channels)),
            new BatchNormalizeBody<TActivation, T>(x, y, parameters, rows, channels, activation));
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (rows * channels == 0)
            return;
        var parameters = new BatchNormParameters<T>(mean, variance, gamma, beta, epsilon);
        var segmentRows = RowBlock.RowsPerItem(launcher.Profile);
        ColumnLoop<T, BatchNormalizeBody<TActivation, T>>.Launch(
            launcher, new(x, y, parameters, rows, channels, activation, segmentRows), (rows + segmentRows - 1) / segmentRows, channels);
    }
}
