namespace GpuKeras.Hdf5.Reading;

/// <summary>The first block of a file: widths of addresses, where the file ends, where the root group is.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section II.A, versions 0 to 3.</remarks>
internal static class Superblock
{
    private const int SmallestBytes = 48;
    private const int LargestBytes = 104;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Whether a file begins as HDF5 files do, without a user block.</summary>
    public static bool IsSignature(ReadOnlySpan<byte> start) => start.StartsWith(Signature);

    /// <summary>Reads it, sets the view up by it, and gives the address of the root group's header.</summary>
    public static FilePointer Read(FileView file)
    {
        var start = Find(file);
        var bytes = new byte[Math.Min(LargestBytes, file.End - start)];
        file.Read(start, bytes);
        // From here on addresses are counted from the superblock, which a user block may precede.
        file.Base = start;
        file.End -= start;
        var cursor = file.Cursor(bytes, 0);
        cursor.Skip(Signature.Length);
        return cursor.Version(0, 3, "the superblock") <= 1 ? ReadOld(file, bytes) : ReadNew(file, bytes);
    }

    private static long Find(FileView file)
    {
        Span<byte> found = stackalloc byte[Signature.Length];
        // Users may put bytes of their own before the file; it then starts at a power of two.
        for (long start = 0; start <= file.End - SmallestBytes; start = start == 0 ? 512 : start * 2)
        {
            file.Read(start, found);
            if (found.SequenceEqual(Signature))
                return start;
        }
        throw file.Error(0, "not an HDF5 file: it must begin with \\x89HDF\\r\\n\\x1a\\n");
    }

    private static FilePointer ReadOld(FileView file, byte[] bytes)
    {
        var cursor = file.Cursor(bytes, 0);
        cursor.Skip(Signature.Length);
        var version = cursor.U8();
        cursor.Skip(4);
        ReadWidths(file, ref cursor);
        cursor.Skip(1);
        var leaf = cursor.U16();
        var node = cursor.U16();
        cursor.Skip(sizeof(uint));
        int chunkNode = TreeSizes.Default.ChunkInternal;
        if (version == 1)
        {
            chunkNode = cursor.U16();
            cursor.Skip(sizeof(ushort));
        }
        SetTreeSizes(file, new TreeSizes(leaf, node, chunkNode), cursor.Address);
        ReadBase(file, ref cursor);
        cursor.Skip(file.OffsetBytes);
        ReadEnd(file, ref cursor);
        cursor.Skip(2 * file.OffsetBytes);
        var root = cursor.Pointer("the root group");
        file.Claim(default, cursor.Address, "the superblock");
        return root;
    }

    private static FilePointer ReadNew(FileView file, byte[] bytes)
    {
        var cursor = file.Cursor(bytes, 0);
        cursor.Skip(Signature.Length + 1);
        ReadWidths(file, ref cursor);
        cursor.Skip(1);
        ReadBase(file, ref cursor);
        var extensionFrom = cursor.Address;
        var extension = cursor.Unsigned(file.OffsetBytes);
        ReadEnd(file, ref cursor);
        var root = cursor.Pointer("the root group");
        cursor.Skip(sizeof(uint));
        var length = (int)cursor.Address;
        file.VerifyChecksum(bytes.AsSpan(0, length), 0, "the superblock");
        file.Claim(default, length, "the superblock");
        if (extension <= long.MaxValue)
            ReadExtension(file, new FilePointer((long)extension, extensionFrom));
        return root;
    }

    private static void ReadWidths(FileView file, ref ByteCursor cursor)
    {
        file.OffsetBytes = cursor.U8();
        file.LengthBytes = cursor.U8();
        if (file.OffsetBytes is not (2 or 4 or 8) || file.LengthBytes is not (2 or 4 or 8))
            throw file.Error(cursor.Address - 2, $"addresses and lengths must have 2, 4 or 8 bytes; got {file.OffsetBytes} and {file.LengthBytes}");
    }

    private static void ReadBase(FileView file, ref ByteCursor cursor)
    {
        var start = cursor.Unsigned(file.OffsetBytes);
        if (start != (ulong)file.Base)
            throw file.Error(cursor.Address, $"the base address must be that of the superblock, {file.Base}; got {start}");
    }

    private static void ReadEnd(FileView file, ref ByteCursor cursor)
    {
        // The end counts from the start of the file, not from the base address.
        var end = cursor.Unsigned(file.OffsetBytes);
        if (end < (ulong)file.Base || end - (ulong)file.Base > (ulong)file.End)
            throw file.Error(
                cursor.Address, $"the file must have {end} bytes, but has {file.Base + file.End}", "it was cut off: copy or download it again");
        file.End = (long)end - file.Base;
    }

    private static void ReadExtension(FileView file, FilePointer pointer)
    {
        if (ObjectHeader.Read(file, pointer).Find(MessageType.TreeSizes) is not { } message)
            return;
        var cursor = message.Cursor(file);
        cursor.Version(0, 0, "the tree sizes");
        int chunkNode = cursor.U16(), node = cursor.U16(), leaf = cursor.U16();
        SetTreeSizes(file, new TreeSizes(leaf, node, chunkNode), message.Address);
    }

    private static void SetTreeSizes(FileView file, TreeSizes sizes, long address)
    {
        if (sizes.GroupLeaf == 0 || sizes.GroupInternal == 0 || sizes.ChunkInternal == 0)
            throw file.Error(address, $"a tree's nodes must have room for children; got {sizes}");
        file.TreeSizes = sizes;
    }
}
