namespace GpuKeras.Kernels.Normalization;

/// <summary>Blocks of rows of a matrix <c>[rows, channels]</c> that are walked through register by register of channels.</summary>
internal static class RowBlock
{
    // A few lines of each row: register by register, a larger block jumps too far for the hardware to fetch ahead from memory.
    private const long Elements = 256;
    private const long MaxRows = 64;

    private const long RowsPerItemOfGpu = 4;
    private const long RowsPerItemOfCpu = 64;

    /// <summary>How many rows a block has: so many that loading a channel's parameters once for all is worth it.</summary>
    public static long Rows(long channels) => Math.Clamp(Elements / Math.Max(1, channels), 1, MaxRows);

    /// <summary>How many rows an item of a device walks through in its columns.</summary>
    public static long RowsPerItem(DeviceProfile profile) => profile.IsCpuLike ? RowsPerItemOfCpu : RowsPerItemOfGpu;
}
