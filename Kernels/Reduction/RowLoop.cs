using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Runs an <see cref="IRowStep"/> over all rows: split over the host's threads, or over the items of a device.</summary>
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

    /// <summary>Queues <paramref name="step"/> for every row of <paramref name="columns"/> elements.</summary>
    public static void Launch(ILauncher launcher, in TStep step, long rows, long columns)
    {
        if (rows == 0)
            return;
        if (launcher.Profile.IsCpuLike)
            launcher.Launch(rows, ItemBody, step);
        else if (WarpRows.Suit(launcher.Profile, rows, columns))
            launcher.Launch(WarpRows.Config(rows), WarpBody, new WarpRowArguments<TStep>(step, rows));
        else
            launcher.Launch(KernelConfig.Linear(checked((int)rows), GroupTeam.Items), GroupBody, step);
    }

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
            local.Row<ItemTeam, TLane, TScalar, TElement>(default, row);
    }

    private static void ItemBody(Index1D row, TStep step)
    {
        if (typeof(T) == typeof(float))
            step.Row<ItemTeam, FloatPanel, FloatLane, float>(default, row);
        else
            TeamBody(default(ItemTeam), step, row);
    }

    private static void WarpBody(WarpRowArguments<TStep> rows) => TeamBody(rows.Team, rows.Step, rows.Row);

    private static void GroupBody(TStep step) => TeamBody(default(GroupTeam), step, Grid.IdxX);

    private static void TeamBody<TTeam>(TTeam team, TStep step, long row)
        where TTeam : struct, IRowTeam
    {
        if (typeof(T) == typeof(float))
            step.Row<TTeam, FloatLane, FloatLane, float>(team, row);
        else if (typeof(T) == typeof(double))
            step.Row<TTeam, DoubleLane, DoubleLane, double>(team, row);
        else if (typeof(T) == typeof(int))
            step.Row<TTeam, Int32Lane, Int32Lane, int>(team, row);
        else if (typeof(T) == typeof(long))
            step.Row<TTeam, Int64Lane, Int64Lane, long>(team, row);
        else
            step.Row<TTeam, ByteLane, ByteLane, byte>(team, row);
    }
}
