namespace GpuKeras.Hdf5;

/// <summary>What a file may ask of its reader; a file that asks for more is refused before anything is allocated.</summary>
/// <remarks>Independently of these, no byte of a file is read for two purposes: time and memory are bounded by the file's size.</remarks>
public sealed record Hdf5Limits
{
    /// <summary>The limits used where none are given.</summary>
    public static Hdf5Limits Default { get; } = new();

    /// <summary>The largest number of axes; the format's own limit is 32.</summary>
    public int MaxRank { get; init; } = 32;

    /// <summary>The largest number of elements of a dataset.</summary>
    public long MaxElements { get; init; } = 1L << 40;

    /// <summary>How deeply groups may be nested.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The largest number of groups and datasets.</summary>
    public int MaxObjects { get; init; } = 1_000_000;

    /// <summary>The largest number of bytes of a link's or attribute's name.</summary>
    public int MaxNameBytes { get; init; } = 4096;

    /// <summary>The largest number of bytes of an attribute's value, strings included, and of a dataset of strings.</summary>
    public long MaxAttributeBytes { get; init; } = 64 << 20;

    /// <summary>The largest number of bytes of one block of the file's own bookkeeping.</summary>
    public int MaxBlockBytes { get; init; } = 64 << 20;

    /// <summary>How many bytes of data one stored byte may become: deflate makes at most 1032 of one. Data that is not stored at all counts as well.</summary>
    public int MaxExpansion { get; init; } = 1032;
}
