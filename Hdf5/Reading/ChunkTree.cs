namespace GpuKeras.Hdf5.Reading;

/// <summary>Indexes of chunks that are trees, of both versions.</summary>
/// <remarks>Format: "HDF5 File Format Specification", sections III.A.1 and III.A.2 (record types 10 and 11).</remarks>
internal static class ChunkTree
{
    private const int ChunkNode = 1, MaxLevel = 8;
    private const int PlainRecord = 10, FilteredRecord = 11;

    /// <summary>Reads a tree of version 1.</summary>
    public static void Read(ChunkTable table, FilePointer root) => ReadNode(table, root, level: -1);

    /// <summary>Reads a tree of version 2.</summary>
    public static void ReadRecords(ChunkTable table, FilePointer? root)
    {
        if (root is not { } tree)
            return;
        var rank = table.Grid.Counts.Length;
        Span<long> coordinates = stackalloc long[rank];
        foreach (var record in RecordTree.Read(table.File, tree, table.Filters.IsEmpty ? PlainRecord : FilteredRecord))
        {
            var cursor = table.File.Cursor(record.Bytes, record.Address);
            var chunk = cursor.Pointer("a chunk");
            long stored = table.Grid.ChunkBytes;
            uint mask = 0;
            if (!table.Filters.IsEmpty)
            {
                stored = cursor.Length(Math.Clamp(cursor.Remaining - sizeof(uint) - sizeof(long) * rank, 1, sizeof(long)));
                mask = cursor.U32();
            }
            for (var axis = 0; axis < rank; axis++)
                coordinates[axis] = cursor.Length(sizeof(long));
            table.Add(coordinates, chunk, stored, mask);
        }
    }

    private static void ReadNode(ChunkTable table, FilePointer pointer, int level)
    {
        var file = table.File;
        var rank = table.Grid.Counts.Length;
        var most = 2 * file.TreeSizes.ChunkInternal;
        var keyBytes = 8 + sizeof(long) * (rank + 1);
        var node = file.ReadBlock(pointer, 8 + 2 * file.OffsetBytes + most * (file.OffsetBytes + keyBytes) + keyBytes, "an index of chunks");
        var cursor = file.Cursor(node, pointer.Address);
        cursor.Signature("TREE"u8, "an index of chunks");
        int type = cursor.U8(), found = cursor.U8(), children = cursor.U16();
        if (type != ChunkNode || level >= 0 && found != level || found > MaxLevel || children > most)
            throw file.Error(pointer.Address, $"a node of type {type}, level {found}, with {children} children does not belong into an index of chunks here");
        cursor.Skip(2 * file.OffsetBytes);
        Span<long> coordinates = stackalloc long[rank];
        for (var i = 0; i < children; i++)
        {
            var stored = cursor.U32();
            var mask = cursor.U32();
            for (var axis = 0; axis < rank; axis++)
            {
                var offset = cursor.Length(sizeof(long));
                (coordinates[axis], var rest) = Math.DivRem(offset, table.Grid.ChunkSizes[axis]);
                if (rest != 0)
                    throw file.Error(cursor.Address, $"a chunk cannot begin at element {offset} of axis {axis}, whose chunks have {table.Grid.ChunkSizes[axis]}");
            }
            cursor.Skip(sizeof(long));
            var child = cursor.Pointer("a chunk");
            if (found > 0)
                ReadNode(table, child, found - 1);
            else
                table.Add(coordinates, child, stored, mask);
        }
    }
}
