using System.Numerics;

namespace GpuKeras.Hdf5.Reading;

/// <summary>Objects of many sizes in blocks that double in size: links and attributes of large groups and datasets.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section III.G. Blocks with filters are not read.</remarks>
internal sealed class FractalHeap
{
    private const int HugeRecordType = 1;

    private readonly FileView file;
    private readonly int offsetBytes;
    private readonly int lengthBytes;
    private readonly bool hasBlockChecksums;
    private readonly int tableWidth;
    private readonly long startBytes;
    private readonly long maxDirectBytes;
    private readonly int rootRows;
    private readonly FilePointer? root;
    private readonly FilePointer? hugeTree;
    private readonly Dictionary<FilePointer, byte[]> blocks = [];
    private Dictionary<ulong, (FilePointer Pointer, long Length)>? huge;

    /// <summary>Reads the head of a heap.</summary>
    public FractalHeap(FileView file, FilePointer pointer)
    {
        this.file = file;
        var head = file.ReadBlock(pointer, 26 + 12 * file.LengthBytes + 3 * file.OffsetBytes, "a heap");
        var cursor = file.Cursor(head, pointer.Address);
        cursor.Signature("FRHP"u8, "a heap");
        cursor.Version(0, 0, "a heap");
        IdBytes = cursor.U16();
        if (cursor.U16() != 0)
            throw file.Error(pointer.Address, "a heap of links or attributes with filters is not read");
        file.VerifyChecksum(head, pointer.Address, "a heap");
        hasBlockChecksums = (cursor.U8() & 2) != 0;
        long maxObjectBytes = cursor.U32();
        cursor.Skip(file.LengthBytes);
        hugeTree = cursor.Pointer();
        cursor.Skip(file.LengthBytes + file.OffsetBytes + 8 * file.LengthBytes);
        tableWidth = cursor.U16();
        startBytes = cursor.Length();
        maxDirectBytes = cursor.Length();
        var addressBits = cursor.U16();
        cursor.Skip(sizeof(ushort));
        root = cursor.Pointer();
        rootRows = cursor.U16();
        if (!IsPowerOfTwo(tableWidth) || !IsPowerOfTwo(startBytes) || !IsPowerOfTwo(maxDirectBytes) || startBytes > maxDirectBytes
            || maxDirectBytes > file.Limits.MaxBlockBytes || addressBits is 0 or > 62 || maxObjectBytes == 0 || IdBytes == 0)
            throw file.Error(pointer.Address, $"a heap of {tableWidth} columns and blocks of {startBytes} to {maxDirectBytes} bytes is impossible");
        offsetBytes = (addressBits + 7) / 8;
        lengthBytes = Math.Min((BitOperations.Log2((ulong)maxDirectBytes) + 7) / 8, (BitOperations.Log2((ulong)maxObjectBytes) + 7) / 8);
    }

    /// <summary>The number of bytes of an object's number.</summary>
    public int IdBytes { get; }

    /// <summary>The object of a number.</summary>
    /// <param name="id">The number.</param>
    /// <param name="from">Where it comes from.</param>
    /// <param name="address">Where the object lies.</param>
    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> id, long from, out long address)
    {
        const int Managed = 0, Huge = 1, Tiny = 2;
        var cursor = file.Cursor(id, from);
        var head = cursor.U8();
        switch (head >> 4)
        {
            case Managed:
                return ReadManaged(cursor.Length(offsetBytes), cursor.Length(Math.Max(lengthBytes, 1)), from, out address);
            case Huge:
                var (pointer, length) = FindHuge(cursor, from);
                address = pointer.Address;
                return file.ReadBlock(pointer, length, "an object of a heap");
            case Tiny:
                address = from + 1;
                var extra = IdBytes > 18 ? cursor.U8() : 0;
                return cursor.Slice((IdBytes > 18 ? (head & 0xf) << 8 | extra : head & 0xf) + 1);
            default:
                throw file.Error(from, $"an object of type {head >> 4} in a heap is not known");
        }
    }

    private static bool IsPowerOfTwo(long value) => value > 0 && BitOperations.IsPow2(value);

    private ReadOnlyMemory<byte> ReadManaged(long offset, long length, long from, out long address)
    {
        var (block, start) = root is { } top
            ? rootRows == 0 ? (ReadDirect(top, startBytes), 0) : FindDirect(top, rootRows, 0, offset, from)
            : throw file.Error(from, "an object lies in a heap without blocks");
        var within = offset - start;
        if (within < 0 || length > block.Bytes.Length || within > block.Bytes.Length - length)
            throw file.Error(from, $"{length} bytes at byte {within} do not fit a block of {block.Bytes.Length}");
        address = block.Address + within;
        return block.Bytes.AsMemory((int)within, (int)length);
    }

    /// <summary>Goes down the doubling table: rows 0 and 1 have blocks of the start size, each row after them twice as large ones.</summary>
    private ((byte[] Bytes, long Address) Block, long Start) FindDirect(FilePointer pointer, int rows, long start, long offset, long from)
    {
        while (true)
        {
            var directRows = BitOperations.Log2((ulong)(maxDirectBytes / startBytes)) + 2;
            var node = ReadIndirect(pointer, rows);
            int row = 0, column = 0;
            for (; row < rows; row++)
            {
                var rowBytes = RowBlockBytes(row) * tableWidth;
                if (offset - start < rowBytes)
                    break;
                start += rowBytes;
            }
            if (row == rows)
                throw file.Error(from, $"byte {offset} lies outside a heap");
            column = (int)((offset - start) / RowBlockBytes(row));
            start += column * RowBlockBytes(row);
            var cursor = file.Cursor(node, pointer.Address);
            cursor.Skip(5 + file.OffsetBytes + offsetBytes + ((long)row * tableWidth + column) * file.OffsetBytes);
            pointer = cursor.Pointer("a block of a heap");
            if (row < directRows)
                return (ReadDirect(pointer, RowBlockBytes(row)), start);
            rows = BitOperations.Log2((ulong)RowBlockBytes(row)) - BitOperations.Log2((ulong)(startBytes * tableWidth)) + 1;
        }
    }

    private long RowBlockBytes(int row) => startBytes << Math.Max(row - 1, 0);

    private byte[] ReadIndirect(FilePointer pointer, int rows)
    {
        // More would be larger than any address.
        if (rows < 1 || BitOperations.Log2((ulong)startBytes) + BitOperations.Log2((uint)tableWidth) + rows > 62)
            throw file.Error(pointer.From, $"a block of a heap cannot have {rows} rows");
        if (blocks.TryGetValue(pointer, out var known))
            return known;
        var length = 5 + file.OffsetBytes + offsetBytes + (long)rows * tableWidth * file.OffsetBytes + sizeof(uint);
        var block = file.ReadBlock(pointer, length, "a block of a heap");
        file.Cursor(block, pointer.Address).Signature("FHIB"u8, "a block of a heap");
        file.VerifyChecksum(block, pointer.Address, "a block of a heap");
        blocks.Add(pointer, block);
        return block;
    }

    private (byte[] Bytes, long Address) ReadDirect(FilePointer pointer, long length)
    {
        if (blocks.TryGetValue(pointer, out var known))
            return (known, pointer.Address);
        var block = file.ReadBlock(pointer, length, "a block of a heap");
        file.Cursor(block, pointer.Address).Signature("FHDB"u8, "a block of a heap");
        if (hasBlockChecksums)
            VerifyDirect(block, pointer.Address);
        blocks.Add(pointer, block);
        return (block, pointer.Address);
    }

    /// <summary>The checksum lies in the block's head and counts as zero itself.</summary>
    private void VerifyDirect(byte[] block, long address)
    {
        var at = 5 + file.OffsetBytes + offsetBytes;
        if (block.Length < at + sizeof(uint))
            throw file.Error(address, "a block of a heap has no room for its checksum");
        var summed = (byte[])block.Clone();
        summed.AsSpan(at, sizeof(uint)).Clear();
        if (Checksums.Lookup3(summed) != BitConverter.ToUInt32(block, at))
            throw file.Error(address, "the checksum of a block of a heap is wrong", "copy or download the file again");
    }

    private (FilePointer Pointer, long Length) FindHuge(ByteCursor id, long from)
    {
        if (IdBytes - 1 >= file.OffsetBytes + file.LengthBytes)
            return (id.Pointer("an object of a heap"), id.Length());
        huge ??= ReadHuge(from);
        var number = id.Unsigned(Math.Min(id.Remaining, sizeof(long)));
        return huge.TryGetValue(number, out var found) ? found : throw file.Error(from, $"a heap has no large object {number}");
    }

    private Dictionary<ulong, (FilePointer Pointer, long Length)> ReadHuge(long from)
    {
        var objects = new Dictionary<ulong, (FilePointer, long)>();
        foreach (var record in RecordTree.Read(file, hugeTree ?? throw file.Error(from, "a heap has no large objects"), HugeRecordType))
        {
            var cursor = file.Cursor(record.Bytes, record.Address);
            var pointer = cursor.Pointer("an object of a heap");
            var length = cursor.Length();
            if (!objects.TryAdd(cursor.Unsigned(file.LengthBytes), (pointer, length)))
                throw file.Error(record.Address, "a large object of a heap comes twice");
        }
        return objects;
    }
}
