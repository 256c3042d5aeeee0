using System.Numerics;

namespace GpuKeras.Hdf5.Reading;

/// <summary>Indexes of chunks that are arrays: of a fixed size, and extensible along one axis.</summary>
/// <remarks>Format: "HDF5 File Format Specification", sections VII.C (fixed array) and VII.D (extensible array).</remarks>
internal sealed class ChunkArrays
{
    private const int BlockOverheadBytes = 6;

    private readonly ChunkTable table;
    private readonly FileView file;
    private readonly string what;
    private readonly int elementBytes;
    private readonly int extensibleAxis;

    private ChunkArrays(ChunkTable table, int elementBytes, long address, string what, int extensibleAxis)
    {
        this.table = table;
        this.what = what;
        this.elementBytes = elementBytes;
        this.extensibleAxis = extensibleAxis;
        file = table.File;
        var sizeBytes = elementBytes - file.OffsetBytes - sizeof(uint);
        if (table.Filters.IsEmpty ? elementBytes != file.OffsetBytes : sizeBytes is < 1 or > sizeof(long))
            throw file.Error(address, $"{what} cannot have elements of {elementBytes} bytes");
    }

    /// <summary>Reads an index of a fixed size.</summary>
    public static void ReadFixed(ChunkTable table, FilePointer? pointer)
    {
        const string What = "a fixed index of chunks";
        if (pointer is not { } at)
            return;
        var file = table.File;
        var cursor = Head(file, at, 12 + file.LengthBytes + file.OffsetBytes, "FAHD"u8, What);
        cursor.Skip(1);
        int elementBytes = cursor.U8(), pageBits = cursor.U8();
        var count = cursor.Length();
        var arrays = new ChunkArrays(table, elementBytes, at.Address, What, extensibleAxis: 0);
        if (count > file.End || pageBits > 30)
            throw file.Error(at.Address, $"{What} cannot have {count} elements");
        if (cursor.Pointer() is { } block)
            arrays.ReadBlock(block, 0, count, 1L << pageBits, "FADB"u8, offsetBytes: 0, initialized: null);
    }

    /// <summary>Reads an index that is extensible along one axis.</summary>
    public static void ReadExtensible(ChunkTable table, FilePointer? pointer)
    {
        const string What = "an extensible index of chunks";
        if (pointer is not { } at)
            return;
        var file = table.File;
        var cursor = Head(file, at, 16 + 6 * file.LengthBytes + file.OffsetBytes, "EAHD"u8, What);
        cursor.Skip(1);
        int elementBytes = cursor.U8(), maxBits = cursor.U8(), inIndex = cursor.U8(), blockMinimum = cursor.U8(), superMinimum = cursor.U8();
        int pageBits = cursor.U8();
        cursor.Skip(6 * file.LengthBytes);
        if (maxBits is 0 or > 56 || pageBits > 30 || !BitOperations.IsPow2(blockMinimum) || !BitOperations.IsPow2(superMinimum)
            || BitOperations.Log2((uint)blockMinimum) > maxBits)
            throw file.Error(at.Address, $"{What} with blocks of at least {blockMinimum} of {maxBits} bits is impossible");
        var axis = Math.Max(Array.IndexOf(table.Grid.MaxCounts, Dataspace.Unbounded), 0);
        var arrays = new ChunkArrays(table, elementBytes, at.Address, What, axis);
        if (cursor.Pointer() is { } index)
            arrays.ReadIndex(index, maxBits, inIndex, blockMinimum, superMinimum, 1L << pageBits);
    }

    private static ByteCursor Head(FileView file, FilePointer pointer, int bytes, ReadOnlySpan<byte> signature, string what)
    {
        var head = file.ReadBlock(pointer, bytes, what);
        file.VerifyChecksum(head, pointer.Address, what);
        var cursor = file.Cursor(head, pointer.Address);
        cursor.Signature(signature, what);
        cursor.Version(0, 0, what);
        return cursor;
    }

    /// <summary>The first elements lie in the index block; then come data blocks that grow, first directly, then below super blocks.</summary>
    private void ReadIndex(FilePointer pointer, int maxBits, int inIndex, int blockMinimum, int superMinimum, long pageElements)
    {
        var offsetBytes = (maxBits + 7) / 8;
        var superBlocks = 1 + maxBits - BitOperations.Log2((uint)blockMinimum);
        var direct = Math.Min(2 * BitOperations.Log2((uint)superMinimum), superBlocks);
        var directBlocks = 2 * (superMinimum - 1);
        var bytes = BlockOverheadBytes + file.OffsetBytes + inIndex * elementBytes
            + (directBlocks + superBlocks - direct) * file.OffsetBytes + sizeof(uint);
        var cursor = Head(file, pointer, bytes, "EAIB"u8, what);
        cursor.Skip(1 + file.OffsetBytes);
        for (var i = 0; i < inIndex; i++)
            ReadElement(ref cursor, i);
        long first = inIndex;
        for (var level = 0; level < superBlocks; level++)
        {
            var blocks = 1L << (level / 2);
            var elements = (long)blockMinimum << ((level + 1) / 2);
            if (level >= direct)
            {
                if (cursor.Pointer() is { } super)
                    ReadSuper(super, first, blocks, elements, pageElements, offsetBytes);
            }
            else
                for (var i = 0; i < blocks; i++)
                    if (cursor.Pointer() is { } block)
                        ReadBlock(block, first + i * elements, elements, pageElements, "EADB"u8, offsetBytes, initialized: null);
            first += blocks * elements;
        }
    }

    private void ReadSuper(FilePointer pointer, long first, long blocks, long elements, long pageElements, int offsetBytes)
    {
        var pages = elements > pageElements ? elements / pageElements : 0;
        var maskBytes = (pages + 7) / 8;
        if (blocks > file.End || maskBytes > file.End / blocks)
            throw file.Error(pointer.From, $"{what} cannot have {blocks} blocks");
        var bytes = BlockOverheadBytes + file.OffsetBytes + offsetBytes + blocks * (maskBytes + file.OffsetBytes) + sizeof(uint);
        var super = file.ReadBlock(pointer, bytes, what);
        file.VerifyChecksum(super, pointer.Address, what);
        var cursor = file.Cursor(super, pointer.Address);
        cursor.Signature("EASB"u8, what);
        cursor.Skip(2 + file.OffsetBytes + offsetBytes);
        var masks = cursor.Slice(blocks * maskBytes);
        for (long i = 0; i < blocks; i++)
            if (cursor.Pointer() is { } block)
                ReadBlock(
                    block, first + i * elements, elements, pageElements, "EADB"u8, offsetBytes, masks.Slice((int)(i * maskBytes), (int)maskBytes));
    }

    /// <summary>Reads a block of elements; a large one comes in pages, each with a checksum, which may not have been written yet.</summary>
    private void ReadBlock(
        FilePointer pointer, long first, long count, long pageElements, ReadOnlySpan<byte> signature, int offsetBytes, ReadOnlyMemory<byte>? initialized)
    {
        var pages = count > pageElements ? (count + pageElements - 1) / pageElements : 0;
        var ownMaskBytes = initialized is null ? (pages + 7) / 8 : 0;
        if (count > file.End / elementBytes)
            throw file.Error(pointer.From, $"{what} cannot have {count} elements in a file of {file.End} bytes");
        var headBytes = BlockOverheadBytes + file.OffsetBytes + offsetBytes + ownMaskBytes + sizeof(uint);
        var block = file.ReadBlock(pointer, headBytes + count * elementBytes + pages * sizeof(uint), what);
        var cursor = file.Cursor(block, pointer.Address);
        cursor.Signature(signature, what);
        cursor.Version(0, 0, what);
        cursor.Skip(1 + file.OffsetBytes + offsetBytes);
        var mask = initialized ?? cursor.Slice(ownMaskBytes);
        if (pages == 0)
        {
            file.VerifyChecksum(block, pointer.Address, what);
            for (long i = 0; i < count; i++)
                ReadElement(ref cursor, first + i);
            return;
        }
        file.VerifyChecksum(block.AsSpan(0, (int)headBytes), pointer.Address, what);
        cursor.Skip(sizeof(uint));
        for (long page = 0; page < pages; page++)
        {
            var elements = Math.Min(pageElements, count - page * pageElements);
            var bytes = cursor.Slice(elements * elementBytes + sizeof(uint));
            if ((mask.Span[(int)(page / 8)] << (int)(page % 8) & 0x80) == 0)
                continue;
            var at = cursor.Address - bytes.Length;
            file.VerifyChecksum(bytes.Span, at, what);
            var pageCursor = file.Cursor(bytes, at);
            for (long i = 0; i < elements; i++)
                ReadElement(ref pageCursor, first + page * pageElements + i);
        }
    }

    private void ReadElement(ref ByteCursor cursor, long number)
    {
        var pointer = cursor.Pointer();
        long stored = table.Grid.ChunkBytes;
        uint mask = 0;
        if (!table.Filters.IsEmpty)
        {
            stored = cursor.Length(elementBytes - file.OffsetBytes - sizeof(uint));
            mask = cursor.U32();
        }
        if (pointer is not { } chunk)
            return;
        // The extensible axis counts as the first, so that growing keeps the numbers; the others have their largest sizes.
        var counts = table.Grid.MaxCounts;
        Span<long> coordinates = stackalloc long[counts.Length];
        for (var axis = counts.Length - 1; axis >= 0; axis--)
            if (axis != extensibleAxis)
                (number, coordinates[axis]) = Math.DivRem(number, Math.Max(counts[axis], 1));
        coordinates[extensibleAxis] = number;
        table.Add(coordinates, chunk, stored, mask);
    }
}
