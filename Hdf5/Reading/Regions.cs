namespace GpuKeras.Hdf5.Reading;

/// <summary>The parts of a file that have been given a purpose; no two may overlap.</summary>
/// <remarks>That makes cycles and shared parts visible wherever they are, and bounds the work by the file's size.</remarks>
internal sealed class Regions
{
    private static readonly Region Lowest = new(long.MinValue, 0, 0);

    private readonly SortedSet<Region> regions = new(Comparer<Region>.Create(static (a, b) => a.Start.CompareTo(b.Start)));

    /// <summary>Adds a part, or finds the one that it overlaps. The same part pointed to from the same place may come again.</summary>
    public bool TryAdd(FilePointer pointer, long length, out (long Start, long End) other)
    {
        other = default;
        if (length == 0)
            return true;
        var added = new Region(pointer.Address, pointer.Address + length, pointer.From);
        // They do not overlap each other, so that only the last one before our end can overlap us.
        var last = regions.GetViewBetween(Lowest, new Region(added.End - 1, 0, 0)).Max;
        if (last == added)
            return true;
        other = (last.Start, last.End);
        return last.End <= added.Start && regions.Add(added);
    }

    private readonly record struct Region(long Start, long End, long From);
}
