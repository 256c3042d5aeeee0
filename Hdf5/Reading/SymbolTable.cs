namespace GpuKeras.Hdf5.Reading;

/// <summary>The links of a group as older versions of the library write it: a tree of symbols, sorted by name.</summary>
/// <remarks>Format: "HDF5 File Format Specification", sections III.A.1 and III.B.</remarks>
internal sealed class SymbolTable
{
    private const int GroupTree = 0;

    // 32 children to the power of 8 is more than a file can hold.
    private const int MaxLevel = 8;

    private readonly FileView file;
    private readonly LocalHeap heap;
    private readonly List<Link> links = [];

    private SymbolTable(FileView file, HeaderMessage message)
    {
        this.file = file;
        var cursor = message.Cursor(file);
        var tree = cursor.Pointer("a group's tree");
        heap = new LocalHeap(file, cursor.Pointer("a group's heap"));
        ReadNode(tree, level: -1);
    }

    /// <summary>Reads the links that a symbol table message leads to.</summary>
    public static List<Link> Read(FileView file, HeaderMessage message) => new SymbolTable(file, message).links;

    private void ReadNode(FilePointer pointer, int level)
    {
        var most = 2 * file.TreeSizes.GroupInternal;
        var length = 8 + 2 * file.OffsetBytes + most * (file.OffsetBytes + file.LengthBytes) + file.LengthBytes;
        var node = file.ReadBlock(pointer, length, "a node of a group's tree");
        var cursor = file.Cursor(node, pointer.Address);
        cursor.Signature("TREE"u8, "a node of a group's tree");
        int type = cursor.U8(), found = cursor.U8(), children = cursor.U16();
        if (type != GroupTree || level >= 0 && found != level || found > MaxLevel || children > most)
            throw file.Error(pointer.Address, $"a node of type {type}, level {found}, with {children} children does not belong into a group's tree here");
        cursor.Skip(2 * file.OffsetBytes);
        for (var i = 0; i < children; i++)
        {
            cursor.Skip(file.LengthBytes);
            var child = cursor.Pointer("a child of a group's tree");
            if (found > 0)
                ReadNode(child, found - 1);
            else
                ReadLeaf(child);
        }
    }

    private void ReadLeaf(FilePointer pointer)
    {
        var most = 2 * file.TreeSizes.GroupLeaf;
        var entryBytes = file.LengthBytes + file.OffsetBytes + 24;
        var leaf = file.ReadBlock(pointer, 8 + most * entryBytes, "the symbols of a group");
        var cursor = file.Cursor(leaf, pointer.Address);
        cursor.Signature("SNOD"u8, "the symbols of a group");
        cursor.Version(1, 1, "the symbols of a group");
        cursor.Skip(1);
        var count = cursor.U16();
        if (count > most)
            throw file.Error(pointer.Address, $"a node has room for {most} symbols; it says it has {count}");
        for (var i = 0; i < count; i++)
            links.Add(ReadEntry(ref cursor));
    }

    private Link ReadEntry(ref ByteCursor cursor)
    {
        const int SymbolicLink = 2;
        var from = cursor.Address;
        var name = heap.NameAt(cursor.Length(), from);
        var target = cursor.Pointer();
        var kind = cursor.U32();
        cursor.Skip(20);
        return kind == SymbolicLink
            ? new Link(name, null, "it is a soft link, which is not followed", from)
            : new Link(name, target, null, from);
    }
}
