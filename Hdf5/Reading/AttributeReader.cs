namespace GpuKeras.Hdf5.Reading;

/// <summary>Reads the attributes of an object.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section IV.A.2.m, versions 1 to 3, and dense storage.</remarks>
internal static class AttributeReader
{
    private const int DenseRecordType = 8;

    /// <summary>All attributes of an object in the file's order.</summary>
    public static List<Hdf5Attribute> ReadAll(FileView file, ObjectHeader header)
    {
        var attributes = new List<Hdf5Attribute>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in header.Messages)
            if (message.Type == MessageType.Attribute)
                Add(message.IsShared ? ObjectHeader.FindShared(file, message.Cursor(file), MessageType.Attribute) : message);
        if (header.Find(MessageType.AttributeInfo) is { } info)
            ReadDense(info);
        return attributes;

        void Add(HeaderMessage message)
        {
            var attribute = Parse(file, message);
            if (!names.Add(attribute.Name))
                throw file.Error(message.Address, $"two attributes are called '{attribute.Name}'");
            attributes.Add(attribute);
        }

        void ReadDense(HeaderMessage message)
        {
            var cursor = message.Cursor(file);
            cursor.Version(0, 0, "the attribute info");
            var flags = cursor.U8();
            cursor.Skip((flags & 1) != 0 ? sizeof(ushort) : 0);
            if (cursor.Pointer() is not { } heapAt)
                return;
            var heap = new FractalHeap(file, heapAt);
            var tree = cursor.Pointer("an attribute index");
            var found = new List<(uint Order, HeaderMessage Message)>();
            foreach (var record in RecordTree.Read(file, tree, DenseRecordType))
            {
                var fields = file.Cursor(record.Bytes, record.Address);
                var id = fields.Slice(heap.IdBytes);
                var messageFlags = fields.U8();
                var order = fields.U32();
                var body = heap.Read(id, record.Address, out var address);
                found.Add((order, new HeaderMessage(MessageType.Attribute, messageFlags, body, address)));
            }
            foreach (var (_, attribute) in found.OrderBy(static entry => entry.Order))
                Add(attribute);
        }
    }

    private static Hdf5Attribute Parse(FileView file, HeaderMessage message)
    {
        var cursor = message.Cursor(file);
        var version = cursor.Version(1, 3, "an attribute");
        var flags = version == 1 ? cursor.U8() & 0 : cursor.U8();
        int nameBytes = cursor.U16(), typeBytes = cursor.U16(), spaceBytes = cursor.U16();
        cursor.Skip(version == 3 ? 1 : 0);
        var nameAt = cursor.Address;
        var name = Text.Name(file, TakeField(ref cursor, nameBytes).Span, nameAt);
        var typeAt = cursor.Address;
        var type = ReadType(file, TakeField(ref cursor, typeBytes), typeAt, isShared: (flags & 1) != 0);
        var spaceAt = cursor.Address;
        if ((flags & 2) != 0)
            throw file.Error(spaceAt, $"the shared shape of attribute '{name}' is not read");
        var space = Dataspace.Parse(file, file.Cursor(TakeField(ref cursor, spaceBytes), spaceAt));
        if (space.Elements > cursor.Remaining / type.SizeBytes)
            throw file.Error(cursor.Address, $"attribute '{name}' would have {space.Elements} elements of {type.SizeBytes} bytes in {cursor.Remaining}");
        var valueAt = cursor.Address;
        return new Hdf5Attribute(file, name, type, space, cursor.Slice(space.Elements * type.SizeBytes), valueAt);

        // Version 1 fills each field up to a multiple of 8 bytes.
        ReadOnlyMemory<byte> TakeField(ref ByteCursor fields, int bytes)
        {
            var field = fields.Slice(bytes);
            fields.Skip(version == 1 ? Math.Min(-bytes & 7, fields.Remaining) : 0);
            return field;
        }
    }

    private static Hdf5Type ReadType(FileView file, ReadOnlyMemory<byte> bytes, long address, bool isShared)
    {
        var cursor = file.Cursor(bytes, address);
        if (isShared)
            cursor = ObjectHeader.FindShared(file, cursor, MessageType.Datatype).Cursor(file);
        return Datatype.Parse(file, ref cursor);
    }
}
