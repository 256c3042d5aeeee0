using System.Numerics;

namespace GpuKeras.Hdf5.Reading;

/// <summary>A tree of records of equal size (version 2 of the format's trees), read as a list.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section III.A.2.</remarks>
internal sealed class RecordTree
{
    // Signature, version, type, checksum.
    private const int OverheadBytes = 10;
    private const int MaxDepth = 16;

    private readonly FileView file;
    private readonly int type;
    private readonly long nodeBytes;
    private readonly int recordBytes;
    private readonly int countBytes;
    private readonly int[] totalBytes;
    private readonly List<Record> records = [];

    private RecordTree(FileView file, FilePointer pointer, int type)
    {
        this.file = file;
        this.type = type;
        var head = file.ReadBlock(pointer, 22 + file.OffsetBytes + file.LengthBytes, "a tree");
        file.VerifyChecksum(head, pointer.Address, "a tree");
        var cursor = file.Cursor(head, pointer.Address);
        cursor.Signature("BTHD"u8, "a tree");
        cursor.Version(0, 0, "a tree");
        var found = cursor.U8();
        nodeBytes = cursor.U32();
        recordBytes = cursor.U16();
        int depth = cursor.U16();
        cursor.Skip(2);
        var root = cursor.Pointer();
        int count = cursor.U16();
        if (found != type || depth > MaxDepth || recordBytes == 0 || nodeBytes < OverheadBytes + recordBytes)
            throw file.Error(
                pointer.Address, $"a tree of type {type} is expected; found type {found}, depth {depth}, nodes of {nodeBytes} and records of {recordBytes} bytes");
        (countBytes, totalBytes) = Widths(depth);
        if (root is { } node)
            ReadNode(node, count, depth);
    }

    /// <summary>A record and where it lies.</summary>
    public readonly record struct Record(ReadOnlyMemory<byte> Bytes, long Address);

    /// <summary>Reads the records of a tree, those of a node before those below it.</summary>
    public static IReadOnlyList<Record> Read(FileView file, FilePointer pointer, int type) => new RecordTree(file, pointer, type).records;

    /// <summary>How many bytes the numbers of records take in the nodes: as many as the largest possible one.</summary>
    private (int CountBytes, int[] TotalBytes) Widths(int depth)
    {
        var most = (ulong)(nodeBytes - OverheadBytes) / (ulong)recordBytes;
        var width = BytesFor(most);
        var widths = new int[depth + 1];
        UInt128 total = most;
        for (var level = 1; level <= depth; level++)
        {
            var pointerBytes = file.OffsetBytes + width + widths[level - 1];
            var records = Math.Max(nodeBytes - OverheadBytes - pointerBytes, 0) / (recordBytes + pointerBytes);
            total = UInt128.Min((ulong)(records + 1) * total + (ulong)records, ulong.MaxValue);
            widths[level] = BytesFor((ulong)total);
        }
        return (width, widths);

        static int BytesFor(ulong limit) => BitOperations.Log2(limit) / 8 + 1;
    }

    private void ReadNode(FilePointer pointer, int count, int depth)
    {
        var childBytes = depth == 0 ? 0 : file.OffsetBytes + countBytes + totalBytes[depth - 1];
        var used = OverheadBytes + (long)count * recordBytes + (depth == 0 ? 0 : (count + 1L) * childBytes);
        if (used > nodeBytes)
            throw file.Error(pointer.From, $"{count} records do not fit a node of {nodeBytes} bytes");
        var node = file.ReadBlock(pointer, nodeBytes, "a node of a tree");
        file.VerifyChecksum(node.AsSpan(0, (int)used), pointer.Address, "a node of a tree");
        var cursor = file.Cursor(node, pointer.Address);
        cursor.Signature(depth == 0 ? "BTLF"u8 : "BTIN"u8, "a node of a tree");
        cursor.Version(0, 0, "a node of a tree");
        if (cursor.U8() != type)
            throw file.Error(pointer.Address, $"a node of a tree of type {type} must have the same type");
        for (var i = 0; i < count; i++)
        {
            var at = cursor.Address;
            records.Add(new Record(cursor.Slice(recordBytes), at));
        }
        for (var i = 0; i <= count && depth > 0; i++)
        {
            var child = cursor.Pointer("a child of a tree");
            var childCount = cursor.Unsigned(countBytes);
            cursor.Skip(totalBytes[depth - 1]);
            ReadNode(child, (int)Math.Min(childCount, int.MaxValue), depth - 1);
        }
    }
}
