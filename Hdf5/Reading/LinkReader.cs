namespace GpuKeras.Hdf5.Reading;

/// <summary>Reads the links of a group, however they are stored.</summary>
/// <remarks>Format: "HDF5 File Format Specification", sections IV.A.2.c (link info), g (link) and r (symbol table).</remarks>
internal static class LinkReader
{
    private const int NameRecordType = 5;

    /// <summary>The links in the file's order.</summary>
    public static IEnumerable<Link> ReadAll(FileView file, ObjectHeader header)
    {
        if (header.Find(MessageType.SymbolTable) is { } symbols)
            return SymbolTable.Read(file, symbols);
        var links = new List<Link>();
        foreach (var message in header.Messages)
            if (message.Type == MessageType.Link)
                links.Add(Parse(file, message.Cursor(file)));
        if (header.Find(MessageType.LinkInfo) is { } info)
            ReadDense(file, info, links);
        return links.TrueForAll(static link => link.Order >= 0)
            ? links.OrderBy(static link => link.Order)
            : links.OrderBy(static link => link.Name, StringComparer.Ordinal);
    }

    private static void ReadDense(FileView file, HeaderMessage info, List<Link> links)
    {
        var cursor = info.Cursor(file);
        cursor.Version(0, 0, "the link info");
        var flags = cursor.U8();
        cursor.Skip((flags & 1) != 0 ? sizeof(long) : 0);
        if (cursor.Pointer() is not { } heapAt)
            return;
        var heap = new FractalHeap(file, heapAt);
        foreach (var record in RecordTree.Read(file, cursor.Pointer("an index of links"), NameRecordType))
        {
            var fields = file.Cursor(record.Bytes, record.Address);
            fields.Skip(sizeof(uint));
            var body = heap.Read(fields.Slice(heap.IdBytes), record.Address, out var address);
            links.Add(Parse(file, file.Cursor(body, address)));
        }
    }

    private static Link Parse(FileView file, ByteCursor cursor)
    {
        const int HardLink = 0, SoftLink = 1, ExternalLink = 64;
        var from = cursor.Address;
        cursor.Version(1, 1, "a link");
        var flags = cursor.U8();
        var type = (flags & 8) != 0 ? cursor.U8() : HardLink;
        var order = (flags & 4) != 0 ? cursor.Length(sizeof(long)) : -1;
        cursor.Skip((flags & 0x10) != 0 ? 1 : 0);
        var nameBytes = cursor.Length(1 << (flags & 3));
        var name = Text.Name(file, cursor.Slice(nameBytes).Span, from);
        return type switch
        {
            HardLink => new Link(name, cursor.Pointer("a link's object"), null, from, order),
            SoftLink => new Link(name, null, "it is a soft link, which is not followed", from, order),
            ExternalLink => new Link(name, null, "it is a link to another file, which is not followed", from, order),
            _ => new Link(name, null, $"it is a link of type {type}, which is not known", from, order),
        };
    }
}
