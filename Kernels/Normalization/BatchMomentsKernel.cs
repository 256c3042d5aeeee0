using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// Mean and population variance of each channel: x <c>[rows, channels]</c> → mean, variance <c>[channels]</c>; moving ones follow, if given.
/// </summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// One pass over x: chunks of rows sum x − s and (x − s)², s being the chunk's first row, and are merged by Chan, Golub and
/// LeVeque's formula (1979). A mean far from zero costs no accuracy, and the result does not depend on the number of threads.
/// </remarks>
public readonly unsafe struct BatchMomentsKernel<T>(
    ArrayView<T> x, ArrayView<T> mean, ArrayView<T> variance, long rows, long channels, MovingMoments<T> moving = default) : IKernel
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> variance = variance;
    private readonly MovingMoments<T> moving = moving;

    /// <inheritdoc/>
    public static string Name => "batch_moments";

    /// <inheritdoc/>
    public void RunHost()
    {
        var chunks = Math.Max(1, (rows + BatchMomentsBody<T>.RowsPerChunk - 1) / BatchMomentsBody<T>.RowsPerChunk);
        var partial = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)(2 * chunks * channels));
        var body = new BatchMomentsBody<T>(x, HostMemory.View(partial, 2 * chunks * channels), rows, channels);
        if (rows > 0)
            HostThreads.For(
                chunks, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, BatchMomentsBody<T>.RowsPerChunk * channels)), body);
        LaneDispatch.Run<T, MomentsMerge<T>>(new(x.Pointer, partial, mean.Pointer, variance.Pointer, rows, channels), 0, channels);
        moving.RunHost();
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (channels == 0)
            return;
        var chunkRows = ColumnBlocks.RowsPerSegment(launcher.Profile, rows, channels, BatchMomentsBody<T>.RowsPerChunk);
        var chunks = (rows + chunkRows - 1) / chunkRows;
        var partial = launcher.Scratch<T>(2 * chunks * channels);
        ColumnSums<SumReduction, T, BatchMomentsBody<T>>.Launch(launcher, new(x, partial, rows, channels, chunkRows), chunks, channels);
        MomentsMergeColumns<T>.Launch(launcher, x, partial, mean, variance, moving, rows, channels, chunkRows);
    }
}
