namespace GpuKeras.Hdf5.Reading;

/// <summary>The names of one symbol-table group.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section III.D.</remarks>
internal sealed class LocalHeap
{
    private readonly FileView file;
    private readonly long address;
    private readonly byte[] names;
    private long readBytes;

    /// <summary>Reads a heap.</summary>
    public LocalHeap(FileView file, FilePointer pointer)
    {
        this.file = file;
        var head = file.ReadBlock(pointer, 8 + 2 * file.LengthBytes + file.OffsetBytes, "a heap of names");
        var cursor = file.Cursor(head, pointer.Address);
        cursor.Signature("HEAP"u8, "a heap of names");
        cursor.Version(0, 0, "a heap of names");
        cursor.Skip(3);
        var length = cursor.Length();
        cursor.Skip(file.LengthBytes);
        var data = cursor.Pointer("a heap's names");
        address = data.Address;
        names = file.ReadBlock(data, length, "a heap's names");
    }

    /// <summary>The name that starts at an offset.</summary>
    public string NameAt(long offset, long from)
    {
        if (offset < 0 || offset >= names.Length)
            throw file.Error(from, $"a name would start at byte {offset} of {names.Length}");
        var rest = names.AsSpan((int)offset);
        var length = rest.IndexOf((byte)0);
        if (length <= 0)
            throw file.Error(address + offset, "a name must have characters and end with a zero");
        // Names that share bytes could be much longer together than the file.
        readBytes += length + 1;
        if (readBytes > names.Length)
            throw file.Error(from, "the names of a group overlap");
        return Text.Name(file, rest[..length], address + offset);
    }
}
