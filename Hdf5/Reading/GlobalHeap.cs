namespace GpuKeras.Hdf5.Reading;

/// <summary>Strings of any length: collections of numbered objects.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section III.E.</remarks>
internal sealed class GlobalHeap
{
    // Of a collection and of an object alike, however wide lengths are, because both are filled up to a multiple of 8.
    private const int HeadBytes = 16;

    private readonly Dictionary<long, Dictionary<int, (long Address, long Length)>> collections = [];
    private readonly Dictionary<(long Address, int Index), long> users = [];

    /// <summary>The bytes of a string: its reference has a length, a collection's address, and a number.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="mostBytes">The most bytes that may be read.</param>
    /// <param name="address">Where the bytes came from.</param>
    public byte[] Read(FileView file, ref ByteCursor reference, long mostBytes, out long address)
    {
        var from = reference.Address;
        var length = reference.U32();
        var pointer = length == 0 ? SkipAddress(file, ref reference) : reference.Pointer("a string");
        var index = (int)reference.U32();
        address = from;
        if (pointer is not { } collection)
            return [];
        if (!ObjectsAt(file, collection.Address).TryGetValue(index, out var found))
            throw file.Error(from, $"the heap at byte {collection.Address} has no object {index}");
        if (length > found.Length || length > mostBytes)
            throw file.Error(from, $"a string would have {length} bytes; its place has {found.Length}, and at most {mostBytes} are read");
        // Else a few references to one long string would make many.
        if (users.TryGetValue((collection.Address, index), out var user) && user != from)
            throw file.Error(from, $"the string belongs to the reference at byte {user} already");
        users[(collection.Address, index)] = from;
        address = found.Address;
        var bytes = new byte[length];
        file.Read(address, bytes);
        return bytes;
    }

    private static FilePointer? SkipAddress(FileView file, ref ByteCursor reference)
    {
        reference.Skip(file.OffsetBytes);
        return null;
    }

    private Dictionary<int, (long Address, long Length)> ObjectsAt(FileView file, long address)
    {
        if (collections.TryGetValue(address, out var known))
            return known;
        var head = new byte[HeadBytes];
        file.Read(address, head);
        var cursor = file.Cursor(head, address);
        cursor.Signature("GCOL"u8, "a heap of strings");
        cursor.Version(1, 1, "a heap of strings");
        cursor.Skip(3);
        var length = cursor.Length();
        file.Claim(new FilePointer(address, address), length, "a heap of strings");
        var objects = ReadObjects(file, address, length);
        collections.Add(address, objects);
        return objects;
    }

    private static Dictionary<int, (long Address, long Length)> ReadObjects(FileView file, long start, long length)
    {
        var objects = new Dictionary<int, (long, long)>();
        var entry = new byte[HeadBytes];
        var end = start + length;
        for (var at = start + HeadBytes; at <= end - entry.Length;)
        {
            file.Read(at, entry);
            var cursor = file.Cursor(entry, at);
            var index = cursor.U16();
            cursor.Skip(6);
            var bytes = cursor.Length();
            // Object 0 is the free space at the end.
            if (index == 0)
                break;
            if (bytes > end - at - entry.Length || !objects.TryAdd(index, (at + entry.Length, bytes)))
                throw file.Error(at, $"object {index} of {bytes} bytes does not fit its heap, which ends at byte {end}, or comes twice");
            at += entry.Length + (bytes + 7) / 8 * 8;
        }
        return objects;
    }
}
