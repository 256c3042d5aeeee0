using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Runs an <see cref="IRowStep"/> over all rows, split over the host's threads.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TStep">The work of a row.</typeparam>
internal readonly struct RowLoop<T, TStep>(TStep step) : IRangeBody, ILaneBody
    where T : unmanaged
    where TStep : struct, IRowStep
{
    // An exponential costs about as much as eight additions.
    private const long ElementsPerThread = HostLoop.ElementsPerThread / 8;

    private readonly TStep step = step;

    /// <summary>Runs <paramref name="step"/> for every row of <paramref name="columns"/> elements.</summary>
    public static void For(in TStep step, long rows, long columns) =>
        HostThreads.For(rows, Math.Max(1, ElementsPerThread / Math.Max(1, columns)), new RowLoop<T, TStep>(step));

    public void Run(long start, long end) => LaneDispatch.Run<T, RowLoop<T, TStep>>(this, start, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        // A local, because a call on a read-only field of unknown type copies the struct each time.
        var local = step;
        for (var row = start; row < end; row++)
            local.Row<TLane, TScalar, TElement>(row);
    }
}
