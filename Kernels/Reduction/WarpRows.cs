namespace GpuKeras.Kernels.Reduction;

/// <summary>A launch of warps over rows: four rows for each group.</summary>
internal static class WarpRows
{
    /// <summary>The rows of a group.</summary>
    public const int PerGroup = 4;

    // Beyond, a lane has so many elements that a whole group should share them, unless there are rows enough for every lane.
    private const long ShortRow = 64;
    private const long LongestRow = 1024;
    private const int RowsPerMultiprocessor = 16;

    /// <summary>Whether a warp for each row is better than a group for each.</summary>
    public static bool Suit(DeviceProfile profile, long rows, long columns) =>
        columns <= ShortRow || columns <= LongestRow && rows >= (long)RowsPerMultiprocessor * profile.Multiprocessors;

    /// <summary>The geometry.</summary>
    public static KernelConfig Config(long rows) =>
        KernelConfig.Linear(checked((int)((rows + PerGroup - 1) / PerGroup)), PerGroup * Warp.WarpSize);
}
