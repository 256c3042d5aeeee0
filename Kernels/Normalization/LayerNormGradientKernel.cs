using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The gradient of <see cref="LayerNormKernel{T}"/>: dx <c>[rows, columns]</c>, dgamma and dbeta <c>[columns]</c>.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// With x̂ = (x − mean) · inverse and h = dy · gamma: dx = inverse · (h − mean(h) − x̂ · mean(h · x̂)); dgamma = Σ dy·x̂ and
/// dbeta = Σ dy over the rows.
/// </remarks>
public readonly unsafe struct LayerNormGradientKernel<T>(
    ArrayView<T> x,
    ArrayView<T> gamma,
    ArrayView<T> mean,
    ArrayView<T> inverse,
    ArrayView<T> dy,
    ArrayView<T> dx,
    ArrayView<T> dgamma,
    ArrayView<T> dbeta,
    long rows,
    long columns) : IKernel
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> inverse = inverse;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;
    private readonly ArrayView<T> dgamma = dgamma;
    private readonly ArrayView<T> dbeta = dbeta;

    /// <inheritdoc/>
    public static string Name => "layer_norm_gradient";

    /// <inheritdoc/>
    public void RunHost()
    {
        var chunks = (rows + LayerNormGradientBody<T>.RowsPerChunk - 1) / LayerNormGradientBody<T>.RowsPerChunk;
        var partial = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)(2 * chunks * columns));
        var body = new LayerNormGradientBody<T>(
            x.Pointer, gamma.Pointer, mean.Pointer, inverse.Pointer, dy.Pointer, dx.Pointer, partial, rows, columns);
        HostThreads.For(
            chunks, Math.Max(1, HostLoop.ElementsPerThread / (LayerNormGradientBody<T>.RowsPerChunk * Math.Max(1, columns))), body);
        ReduceBody<SumReduction, T>.Run(partial, dbeta.Pointer, 1, 1, chunks, columns, finishCount: rows);
        ReduceBody<SumReduction, T>.Run(partial + chunks * columns, dgamma.Pointer, 1, 1, chunks, columns, finishCount: rows);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (columns == 0)
            return;
        RowLoop<T, LayerNormGradientRow<T>>.Launch(launcher, new(x, gamma, mean, inverse, dy, dx, columns), rows, columns);
        var chunkRows = ColumnBlocks.RowsPerSegment(launcher.Profile, rows, columns, LayerNormGradientBody<T>.RowsPerChunk);
        var chunks = (rows + chunkRows - 1) / chunkRows;
        var partial = launcher.Scratch<T>(2 * chunks * columns);
        ColumnSums<SumReduction, T, LayerNormSums<T>>.Launch(
            launcher, new(x, mean, inverse, dy, partial, rows, columns, chunkRows), chunks, columns);
        ColumnSumPair<T>.Launch(launcher, partial, dbeta, dgamma, chunks, columns);
    }
}
