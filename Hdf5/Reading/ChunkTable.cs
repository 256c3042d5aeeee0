namespace GpuKeras.Hdf5.Reading;

/// <summary>The chunks of a dataset that are stored, as an index lists them.</summary>
internal sealed class ChunkTable(FileView file, ChunkGrid grid, FilterPipeline filters, bool edgesAreUnfiltered)
{
    private readonly Dictionary<long, Chunk> chunks = [];

    /// <summary>The file.</summary>
    public FileView File => file;

    /// <summary>The grid that the chunks lie on.</summary>
    public ChunkGrid Grid => grid;

    /// <summary>The filters of all chunks.</summary>
    public FilterPipeline Filters => filters;

    /// <summary>The number of chunks that are stored.</summary>
    public int Count => chunks.Count;

    /// <summary>Adds a chunk; its size and place are checked.</summary>
    /// <param name="coordinates">Its place on the grid.</param>
    /// <param name="pointer">Where it lies.</param>
    /// <param name="storedBytes">Its size in the file; without filters the size of a chunk.</param>
    /// <param name="mask">A bit for each filter that was left out.</param>
    public void Add(ReadOnlySpan<long> coordinates, FilePointer pointer, long storedBytes, uint mask)
    {
        var number = grid.NumberOf(coordinates);
        if (number < 0)
            throw file.Error(pointer.From, $"the chunk at [{string.Join(", ", coordinates.ToArray())}] lies outside the dataset");
        if (edgesAreUnfiltered && grid.IsPartial(number))
            mask = uint.MaxValue;
        if (storedBytes is < 1 or > int.MaxValue || grid.ChunkBytes / filters.ExpansionOf(mask) > storedBytes)
            throw file.Error(pointer.From, $"a chunk of {grid.ChunkBytes} bytes cannot come from {storedBytes} stored ones");
        file.Claim(pointer, storedBytes, "a chunk");
        if (!chunks.TryAdd(number, new Chunk(pointer.Address, (int)storedBytes, mask)))
            throw file.Error(pointer.From, $"the chunk at [{string.Join(", ", coordinates.ToArray())}] comes twice");
    }

    /// <summary>The bytes of a chunk, or null if it was never written.</summary>
    public byte[]? Read(long number)
    {
        if (!chunks.TryGetValue(number, out var chunk))
            return null;
        var stored = new byte[chunk.StoredBytes];
        file.Read(chunk.Address, stored);
        return filters.Undo(stored, chunk.FilterMask, grid.ChunkBytes, chunk.Address);
    }
}
