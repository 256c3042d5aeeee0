namespace GpuKeras.Hdf5.Reading;

/// <summary>Data in equal blocks, each of which may be packed.</summary>
internal sealed class ChunkedLayout : IDataLayout
{
    private readonly ChunkTable chunks;
    private readonly DatasetShape dataset;

    private ChunkedLayout(ChunkTable chunks, DatasetShape dataset)
    {
        this.chunks = chunks;
        this.dataset = dataset;
        var missing = chunks.Grid.Total - chunks.Count;
        if (missing > 0)
            chunks.File.CountUnstored(
                dataset.Address, missing > dataset.Bytes / chunks.Grid.ChunkBytes ? dataset.Bytes : missing * chunks.Grid.ChunkBytes);
    }

    /// <summary>Reads versions 1 and 2 of the message; the cursor stands at the chunk's sizes.</summary>
    public static ChunkedLayout ReadOld(
        FileView file, ObjectHeader header, DatasetShape dataset, FilePointer? tree, int rank, ByteCursor cursor)
    {
        var table = Table(file, header, dataset, Sizes(ref cursor, rank, sizeof(uint)), edgesAreUnfiltered: false);
        if (tree is { } root)
            ChunkTree.Read(table, root);
        return new ChunkedLayout(table, dataset);
    }

    /// <summary>Reads version 3 of the message; the cursor stands at the number of axes.</summary>
    public static ChunkedLayout ReadVersion3(FileView file, ObjectHeader header, DatasetShape dataset, ByteCursor cursor)
    {
        var rank = cursor.U8();
        var tree = cursor.Pointer();
        return ReadOld(file, header, dataset, tree, rank, cursor);
    }

    /// <summary>Reads version 4 of the message; the cursor stands at the flags.</summary>
    public static ChunkedLayout ReadVersion4(FileView file, ObjectHeader header, DatasetShape dataset, ByteCursor cursor)
    {
        const int SingleChunk = 1, Implicit = 2, FixedArray = 3, ExtensibleArray = 4, Tree = 5;
        var flags = cursor.U8();
        var rank = cursor.U8();
        var sizes = Sizes(ref cursor, rank, cursor.U8());
        var table = Table(file, header, dataset, sizes, edgesAreUnfiltered: (flags & 1) != 0);
        var from = cursor.Address;
        int type = cursor.U8();
        switch (type)
        {
            case SingleChunk:
                ReadSingle(table, ref cursor, isFiltered: (flags & 2) != 0);
                break;
            case Implicit:
                ReadImplicit(table, cursor.Pointer());
                break;
            case FixedArray:
                cursor.Skip(1);
                ChunkArrays.ReadFixed(table, cursor.Pointer());
                break;
            case ExtensibleArray:
                cursor.Skip(5);
                ChunkArrays.ReadExtensible(table, cursor.Pointer());
                break;
            case Tree:
                cursor.Skip(6);
                ChunkTree.ReadRecords(table, cursor.Pointer());
                break;
            default:
                throw file.Error(from, $"an index of chunks of type {type} is not known");
        }
        return new ChunkedLayout(table, dataset);
    }

    /// <inheritdoc/>
    public Stream Open() => new DataStream(dataset.Bytes, new ChunkBand(chunks, dataset).Read);

    private static long[] Sizes(ref ByteCursor cursor, int rank, int bytes)
    {
        // The last is the size of an element, which the data type says as well.
        var sizes = new long[Math.Max(rank - 1, 0)];
        for (var axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = cursor.Length(Math.Min(bytes, sizeof(long)));
        cursor.Skip(bytes);
        return sizes;
    }

    private static ChunkTable Table(FileView file, ObjectHeader header, DatasetShape dataset, long[] sizes, bool edgesAreUnfiltered) =>
        new(file, new ChunkGrid(file, dataset, sizes), FilterPipeline.Read(file, header), edgesAreUnfiltered);

    private static void ReadSingle(ChunkTable table, ref ByteCursor cursor, bool isFiltered)
    {
        long stored = isFiltered ? cursor.Length() : table.Grid.ChunkBytes;
        var mask = isFiltered ? cursor.U32() : 0;
        if (cursor.Pointer() is { } chunk)
            table.Add(stackalloc long[table.Grid.Counts.Length], chunk, stored, mask);
    }

    private static void ReadImplicit(ChunkTable table, FilePointer? first)
    {
        if (first is not { } start)
            return;
        Span<long> coordinates = stackalloc long[table.Grid.Counts.Length];
        for (long number = 0; number < table.Grid.Total; number++)
        {
            table.Grid.CoordinatesOf(number, coordinates);
            table.Add(coordinates, start with { Address = start.Address + number * table.Grid.ChunkBytes }, table.Grid.ChunkBytes, 0);
        }
    }
}
