namespace GpuKeras.Tests.Support.Ptx;

/// <summary>How many groups of a kernel a multiprocessor holds at once.</summary>
/// <remarks>
/// From the table of technical specifications in the CUDA C++ programming guide. Registers are given to warps by 256, and warps to the four
/// parts of a multiprocessor; a group's shared memory costs 1 KiB beyond its own, and is given by 128 bytes.
/// </remarks>
internal sealed record PtxOccupancy(string Name, int SharedBytes)
{
    /// <summary>Compute capability 8.0, such as A100.</summary>
    public static readonly PtxOccupancy Sm80 = new("sm_80", 164 << 10);

    /// <summary>Compute capability 9.0, such as H100 and H200.</summary>
    public static readonly PtxOccupancy Sm90 = new("sm_90", 228 << 10);

    private const int Registers = 65536;
    private const int RegisterUnit = 256;
    private const int Parts = 4;
    private const int MostWarps = 64;
    private const int MostGroups = 32;
    private const int OwnSharedBytes = 1 << 10;
    private const int SharedUnit = 128;

    /// <summary>The groups that are there at once.</summary>
    /// <param name="registers">The registers of an item.</param>
    /// <param name="items">The items of a group.</param>
    /// <param name="sharedBytes">The shared memory of a group.</param>
    public int Groups(int registers, int items, int sharedBytes)
    {
        var registersOfWarp = (registers * PtxGroup.WarpSize + RegisterUnit - 1) / RegisterUnit * RegisterUnit;
        var warps = Registers / Parts / registersOfWarp * Parts;
        return Math.Min(
            Math.Min(warps / Warps(items), MostWarps / Warps(items)),
            Math.Min(MostGroups, SharedBytes / ((sharedBytes + OwnSharedBytes + SharedUnit - 1) / SharedUnit * SharedUnit)));
    }

    /// <summary>The share of the warps that there can be, in percent.</summary>
    public int Percent(int registers, int items, int sharedBytes) => 100 * Groups(registers, items, sharedBytes) * Warps(items) / MostWarps;

    private static int Warps(int items) => (items + PtxGroup.WarpSize - 1) / PtxGroup.WarpSize;
}
