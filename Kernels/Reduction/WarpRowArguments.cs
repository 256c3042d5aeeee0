namespace GpuKeras.Kernels.Reduction;

/// <summary>The arguments of a launch of <see cref="WarpRows"/>.</summary>
/// <typeparam name="TStep">The work of a row.</typeparam>
internal readonly struct WarpRowArguments<TStep>(TStep step, long rows)
    where TStep : struct
{
    /// <summary>The work of a row.</summary>
    public readonly TStep Step = step;

    private readonly long rows = rows;

    // All warps of a group must take part in every reduction: those beyond the last row read it again, but have no share in it.
    private long Number => (long)Grid.IdxX * WarpRows.PerGroup + Warp.WarpIdx;

    /// <summary>The row of this item's warp.</summary>
    public long Row => Math.Min(Number, rows - 1);

    /// <summary>This item's warp.</summary>
    public WarpTeam Team => new(Number < rows ? Warp.LaneIdx : int.MaxValue);
}
