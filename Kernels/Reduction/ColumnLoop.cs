namespace GpuKeras.Kernels.Reduction;

/// <summary>Runs an <see cref="IColumnStep"/> over all segments and columns on a device.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TStep">The work of a register of columns.</typeparam>
/// <remarks>
/// Neighbouring items have neighbouring columns. On a CPU-like device an item has a panel of them, and the columns after the last
/// whole panel one by one.
/// </remarks>
internal readonly struct ColumnLoop<T, TStep>
    where T : unmanaged
    where TStep : struct, IColumnStep
{
    private readonly TStep step;
    private readonly long columns;
    private readonly long blocks;

    private ColumnLoop(in TStep step, long columns)
    {
        (this.step, this.columns) = (step, columns);
        blocks = (columns + FloatPanel.Count - 1) / FloatPanel.Count;
    }

    /// <summary>Queues <paramref name="step"/>.</summary>
    public static void Launch(ILauncher launcher, in TStep step, long segments, long columns)
    {
        var loop = new ColumnLoop<T, TStep>(step, columns);
        if (launcher.Profile.IsCpuLike)
            launcher.Launch(segments * loop.blocks, BlockBody, loop);
        else
            launcher.Launch(segments * columns, ColumnBody, loop);
    }

    private static void ColumnBody(Index1D i, ColumnLoop<T, TStep> loop) => loop.Column(i / loop.columns, i % loop.columns);

    private static void BlockBody(Index1D i, ColumnLoop<T, TStep> loop)
    {
        var segment = i / loop.blocks;
        var column = i % loop.blocks * FloatPanel.Count;
        var end = Math.Min(column + FloatPanel.Count, loop.columns);
        if (typeof(T) == typeof(float) && column + FloatPanel.Count == end)
        {
            loop.step.Columns<FloatPanel, float>(segment, column);
            return;
        }
        for (; column < end; column++)
            loop.Column(segment, column);
    }

    private void Column(long segment, long column)
    {
        if (typeof(T) == typeof(float))
            step.Columns<FloatLane, float>(segment, column);
        else if (typeof(T) == typeof(double))
            step.Columns<DoubleLane, double>(segment, column);
        else if (typeof(T) == typeof(int))
            step.Columns<Int32Lane, int>(segment, column);
        else if (typeof(T) == typeof(long))
            step.Columns<Int64Lane, long>(segment, column);
        else
            step.Columns<ByteLane, byte>(segment, column);
    }
}
