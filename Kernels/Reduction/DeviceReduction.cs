namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// The device body of <see cref="ReduceKernel{TReduction, T}"/>: x <c>[outer, reduced, inner]</c> → y <c>[outer, inner]</c>, in two
/// launches where one would have too few items or sums too long.
/// </summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal static class DeviceReduction<TReduction, T>
    where TReduction : struct, IReduction
    where T : unmanaged
{
    // A row up to this length is one sum; a longer one is cut, into more parts where there are few rows.
    private const long LongestSum = 16_384;
    private const long SumOfFewRows = 4096;
    private const long ManyRows = 1024;

    /// <summary>Queues the reduction.</summary>
    public static void Run(ILauncher launcher, ArrayView<T> x, ArrayView<T> y, long outer, long reduced, long inner)
    {
        if (outer * inner == 0)
            return;
        var chunks = Chunks(launcher.Profile, outer, reduced, inner);
        if (chunks == 1)
        {
            Pass(launcher, x, y, outer, 1, reduced, inner, reduced);
            return;
        }
        var partial = launcher.Scratch<T>(outer * chunks * inner);
        Pass(launcher, x, partial, outer, chunks, reduced, inner, finishCount: -1);
        Pass(launcher, partial, y, outer, 1, chunks, inner, reduced);
    }

    private static long Chunks(DeviceProfile profile, long outer, long reduced, long inner)
    {
        if (inner == 1)
        {
            if (reduced <= LongestSum)
                return 1;
            var length = profile.IsCpuLike || outer >= ManyRows ? LongestSum : SumOfFewRows;
            return (reduced + length - 1) / length;
        }
        return profile.IsCpuLike
            ? ReductionOrder.Chunks(outer, reduced, inner)
            : ColumnBlocks.Segments(profile, outer, reduced, inner);
    }

    private static void Pass(
        ILauncher launcher, ArrayView<T> source, ArrayView<T> target, long outer, long chunks, long reduced, long inner, long finishCount)
    {
        if (inner == 1)
        {
            RowLoop<T, ReduceRow<TReduction, T>>.Launch(
                launcher, new(source, target, chunks, reduced, finishCount), outer * chunks, reduced / chunks);
        }
        else
        {
            ColumnSums<TReduction, T, ReduceColumns<TReduction, T>>.Launch(
                launcher, new(source, target, chunks, reduced, inner, finishCount), outer * chunks, inner);
        }
    }
}
