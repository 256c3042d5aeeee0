using System.Text;

namespace GpuKeras.Hdf5.Writing;

/// <summary>The tree, names and symbols of a group, version 1, packed as densely as the nodes allow.</summary>
internal sealed class SymbolTablePlan
{
    /// <summary>Half the number of symbols of a leaf.</summary>
    public const int LeafK = 4;

    /// <summary>Half the number of children of a node.</summary>
    public const int InternalK = 16;

    private const int NodeBytes = 24 + 2 * InternalK * 2 * sizeof(long) + sizeof(long);
    private const int LeafBytes = 8 + 2 * LeafK * ObjectPlace.EntryBytes;
    private const int HeapHeadBytes = 32;

    // The last free block of a heap has none after it.
    private const int NoFreeBlock = 1;

    private readonly MetadataBuffer buffer;
    private readonly long[] nameOffsets;
    private readonly long firstLeaf;

    /// <summary>Reserves everything, and writes all but the symbols.</summary>
    /// <param name="buffer">The file's metadata.</param>
    /// <param name="names">The members' names in the format's order.</param>
    public SymbolTablePlan(MetadataBuffer buffer, string[] names)
    {
        this.buffer = buffer;
        nameOffsets = new long[names.Length];
        HeapAddress = WriteNames(names);
        var leaves = (names.Length + 2 * LeafK - 1) / (2 * LeafK);
        firstLeaf = buffer.Reserve(leaves * LeafBytes);
        var children = new List<Child>();
        for (var leaf = 0; leaf < leaves; leaf++)
            children.Add(new Child(firstLeaf + leaf * LeafBytes, nameOffsets[Math.Min((leaf + 1) * 2 * LeafK, names.Length) - 1]));
        for (var level = 0; level == 0 || children.Count > 1; level++)
            children = WriteLevel(children, level);
        TreeAddress = children[0].Address;
    }

    /// <summary>A node or leaf below a node, and its greatest name.</summary>
    private readonly record struct Child(long Address, long LastName);

    /// <summary>The tree's root.</summary>
    public long TreeAddress { get; }

    /// <summary>The names.</summary>
    public long HeapAddress { get; }

    /// <summary>Writes where the members are, in the order of their names.</summary>
    public void WriteSymbols(ObjectPlace[] members)
    {
        for (var first = 0; first < members.Length; first += 2 * LeafK)
        {
            var count = Math.Min(2 * LeafK, members.Length - first);
            var writer = buffer.At(firstLeaf + (long)first / (2 * LeafK) * LeafBytes);
            writer.Bytes("SNOD"u8);
            writer.U8(1);
            writer.Skip(1);
            writer.U16(count);
            for (var i = first; i < first + count; i++)
                members[i].WriteEntry(ref writer, nameOffsets[i]);
        }
    }

    /// <summary>Writes the heap: it begins with the empty name, which is the first key of each tree.</summary>
    private long WriteNames(string[] names)
    {
        var texts = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        var bytes = sizeof(long);
        for (var i = 0; i < texts.Length; i++)
        {
            nameOffsets[i] = bytes;
            bytes = checked(bytes + (texts[i].Length + 8) / 8 * 8);
        }
        var address = buffer.Reserve(HeapHeadBytes + bytes);
        var writer = buffer.At(address);
        writer.Bytes("HEAP"u8);
        writer.Skip(4);
        writer.I64(bytes);
        writer.I64(NoFreeBlock);
        writer.I64(address + HeapHeadBytes);
        writer.Skip(sizeof(long));
        foreach (var text in texts)
        {
            writer.Bytes(text);
            writer.Skip(1);
            writer.Align();
        }
        return address;
    }

    /// <summary>Writes the nodes above some children; key i lies between children i - 1 and i.</summary>
    private List<Child> WriteLevel(List<Child> children, int level)
    {
        var nodes = Math.Max(1, (children.Count + 2 * InternalK - 1) / (2 * InternalK));
        var start = buffer.Reserve(nodes * NodeBytes);
        var above = new List<Child>();
        for (var node = 0; node < nodes; node++)
        {
            var first = node * 2 * InternalK;
            var count = Math.Min(2 * InternalK, children.Count - first);
            var address = start + node * NodeBytes;
            var writer = buffer.At(address);
            writer.Bytes("TREE"u8);
            writer.U8(0);
            writer.U8(level);
            writer.U16(count);
            writer.I64(node == 0 ? ByteWriter.Undefined : address - NodeBytes);
            writer.I64(node == nodes - 1 ? ByteWriter.Undefined : address + NodeBytes);
            writer.I64(first == 0 ? 0 : children[first - 1].LastName);
            foreach (var child in children.Skip(first).Take(count))
            {
                writer.I64(child.Address);
                writer.I64(child.LastName);
            }
            above.Add(new Child(address, count == 0 ? 0 : children[first + count - 1].LastName));
        }
        return above;
    }
}
