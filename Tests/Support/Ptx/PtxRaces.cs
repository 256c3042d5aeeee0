namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Remembers who last wrote and read each byte, and fails where nothing puts two accesses of different items in order.</summary>
/// <remarks>
/// Accesses are in order if one item made them, or items of one group with a barrier between them. A stamp holds the group, the number of
/// barriers it had passed, and the item. Atomic accesses are left out.
/// </remarks>
public sealed class PtxRaces(long bytes)
{
    private const int GroupShift = 40;
    private const int ItemBits = 11;
    private const long SeveralItems = (1L << ItemBits) - 1;
    private const long SeveralGroups = long.MaxValue;

    private readonly long[] writers = new long[bytes];
    private readonly long[] readers = new long[bytes];

    /// <summary>A stamp for an item's accesses; not 0.</summary>
    public static long Stamp(int group, int barriers, int item) =>
        (long)(group + 1) << GroupShift | (long)barriers << ItemBits | (long)item;

    /// <summary>Notes a read.</summary>
    public void Read(long position, int count, long stamp)
    {
        for (var i = position; i < position + count; i++)
        {
            if (writers[i] != stamp)
                Check(writers[i], stamp, "written", "read");
            if (readers[i] != stamp)
                readers[i] = Join(readers[i], stamp);
        }
    }

    /// <summary>Notes a write.</summary>
    public void Write(long position, int count, long stamp)
    {
        for (var i = position; i < position + count; i++)
        {
            Check(writers[i], stamp, "written", "written");
            Check(readers[i], stamp, "read", "written");
            writers[i] = stamp;
        }
    }

    private static long Join(long readers, long stamp)
    {
        if (IsOrdered(readers, stamp))
            return stamp;
        return SameGroup(readers, stamp) ? stamp | SeveralItems : SeveralGroups;
    }

    private static bool IsOrdered(long earlier, long stamp) =>
        earlier == 0 || earlier == stamp || SameGroup(earlier, stamp) && earlier >> ItemBits != stamp >> ItemBits;

    private static bool SameGroup(long earlier, long stamp) => earlier >> GroupShift == stamp >> GroupShift;

    private static void Check(long earlier, long stamp, string before, string now)
    {
        if (!IsOrdered(earlier, stamp))
            throw new PtxException($"race: memory {before} by {Describe(earlier)} is {now} by {Describe(stamp)} without a barrier between");
    }

    private static string Describe(long stamp)
    {
        if (stamp == SeveralGroups)
            return "several groups";
        var item = stamp & SeveralItems;
        return $"{(item == SeveralItems ? "several items" : $"item {item}")} of group {(stamp >> GroupShift) - 1}";
    }
}
