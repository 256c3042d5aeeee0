namespace GpuKeras.Hdf5.Reading;

/// <summary>The grid of chunks that covers a dataset; chunks are numbered in row-major order.</summary>
internal sealed class ChunkGrid
{
    private readonly long[] sizes;

    /// <summary>Covers a dataset with chunks.</summary>
    public ChunkGrid(FileView file, DatasetShape dataset, long[] chunkSizes)
    {
        sizes = dataset.Space.Sizes;
        ChunkSizes = chunkSizes;
        if (sizes.Length == 0 || chunkSizes.Length != sizes.Length)
            throw file.Error(dataset.Address, $"chunks of {chunkSizes.Length} axes cannot cover a dataset of {sizes.Length}");
        long bytes = dataset.ElementBytes;
        foreach (var size in chunkSizes)
        {
            if (size < 1 || size > MostBytes / bytes)
                throw file.Error(dataset.Address, $"chunks of [{string.Join(", ", chunkSizes)}] elements are impossible or too large");
            bytes *= size;
        }
        ChunkBytes = (int)bytes;
        Counts = Count(sizes);
        MaxCounts = Count(dataset.Space.MaxSizes);
        if (dataset.Space.Elements > 0)
            foreach (var count in Counts)
                Total = Math.Max(Total, 1) * count;
    }

    /// <summary>The sizes of a chunk's axes.</summary>
    public long[] ChunkSizes { get; }

    /// <summary>The number of bytes of a chunk; those at the edges are whole as well.</summary>
    public int ChunkBytes { get; }

    /// <summary>The number of chunks along each axis.</summary>
    public long[] Counts { get; }

    /// <summary>The number of chunks that each axis may grow to; -1 is without a bound.</summary>
    public long[] MaxCounts { get; }

    /// <summary>The number of chunks.</summary>
    public long Total { get; }

    // Room for the checksum of a filter is left.
    private static int MostBytes => Array.MaxLength - 64;

    /// <summary>The number of a chunk, or -1 if it lies outside.</summary>
    public long NumberOf(ReadOnlySpan<long> coordinates)
    {
        long number = 0;
        for (var axis = 0; axis < Counts.Length; axis++)
        {
            if (coordinates[axis] < 0 || coordinates[axis] >= Counts[axis])
                return -1;
            number = number * Counts[axis] + coordinates[axis];
        }
        return number;
    }

    /// <summary>The coordinates of a chunk.</summary>
    public void CoordinatesOf(long number, Span<long> coordinates)
    {
        for (var axis = Counts.Length - 1; axis >= 0; axis--)
            (number, coordinates[axis]) = Math.DivRem(number, Counts[axis]);
    }

    /// <summary>Whether some of a chunk lies outside the dataset.</summary>
    public bool IsPartial(long number)
    {
        Span<long> coordinates = stackalloc long[Counts.Length];
        CoordinatesOf(number, coordinates);
        for (var axis = 0; axis < Counts.Length; axis++)
            if ((coordinates[axis] + 1) * ChunkSizes[axis] > sizes[axis])
                return true;
        return false;
    }

    private long[] Count(long[] extents)
    {
        var counts = new long[extents.Length];
        for (var axis = 0; axis < extents.Length; axis++)
            counts[axis] = extents[axis] < 0 ? -1 : extents[axis] / ChunkSizes[axis] + (extents[axis] % ChunkSizes[axis] == 0 ? 0 : 1);
        return counts;
    }
}
