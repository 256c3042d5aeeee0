namespace GpuKeras.Kernels.Reduction;

/// <summary>How a group shares a block of columns: each item has one of them, and as many rows are summed at once as there are items.</summary>
/// <remarks>A block is no wider than what a warp reads at once: so there are more groups, and shorter sums for each item.</remarks>
internal static class ColumnBlocks
{
    /// <summary>The items of a group.</summary>
    public const int Items = 256;

    private const int MostColumns = 32;

    /// <summary>The columns of a block; the last one may have fewer.</summary>
    public static int Width(long columns) => (int)((columns + Count(columns) - 1) / Math.Max(1, Count(columns)));

    /// <summary>The number of blocks.</summary>
    public static long Count(long columns) => (columns + MostColumns - 1) / MostColumns;

    /// <summary>The rows that a group reads at once.</summary>
    public static int RowsAtOnce(long columns) => Items / Math.Max(1, Width(columns));

    /// <summary>How many segments of rows give a GPU enough to do, each long enough to be worth the launch that joins them.</summary>
    /// <param name="profile">The device.</param>
    /// <param name="matrices">How many matrices are summed in one launch.</param>
    /// <param name="rows">The rows of each.</param>
    /// <param name="columns">The columns of each.</param>
    public static long Segments(DeviceProfile profile, long matrices, long rows, long columns)
    {
        const int groupsPerMultiprocessor = 4;
        const int rowsPerItem = 16;
        // A launch takes about as long as some dozens of rows, which an item reads one after the other.
        const int rowsWorthALaunch = 64;
        if (rows <= (long)RowsAtOnce(columns) * rowsWorthALaunch)
            return 1;
        var enough = (long)groupsPerMultiprocessor * profile.Multiprocessors;
        var groups = matrices * Count(columns);
        return Math.Clamp(rows / (RowsAtOnce(columns) * rowsPerItem), 1, (enough + groups - 1) / groups);
    }

    /// <summary>
    /// How many rows one sum takes where a matrix's rows are cut into segments of equal length: <paramref name="atLeast"/>, and as many
    /// as keep a group busy, and the number of segments moderate.
    /// </summary>
    public static long RowsPerSegment(DeviceProfile profile, long rows, long columns, long atLeast)
    {
        const long rowsPerItem = 8;
        const long mostSegments = 256;
        var busy = profile.IsCpuLike ? 1 : RowsAtOnce(columns) * rowsPerItem;
        return Math.Max(Math.Max(atLeast, busy), (rows + mostSegments - 1) / mostSegments);
    }
}
