namespace GpuKeras.Hdf5.Writing;

/// <summary>Gives everything in a new file its place, and makes all of it that is not data.</summary>
internal sealed class FilePlan
{
    private const int SuperblockBytes = 96;
    private const int SpaceMessage = 1, TypeMessage = 3, FillMessage = 5, LayoutMessage = 8, AttributeMessage = 12, SymbolTableMessage = 17;

    private readonly MetadataBuffer buffer = new();
    private readonly StringHeap heap;
    private readonly List<Hdf5DatasetBuilder> datasets = [];
    private readonly List<(long Field, long Offset)> dataAddresses = [];
    private long dataBytes;

    /// <summary>Plans a file.</summary>
    public FilePlan(Hdf5GroupBuilder root)
    {
        heap = new StringHeap(buffer);
        buffer.Reserve(SuperblockBytes);
        var place = AddGroup(root);
        foreach (var (field, offset) in dataAddresses)
            buffer.At(field).I64(buffer.Bytes.Length + offset);
        WriteSuperblock(place);
    }

    /// <summary>The file up to the data.</summary>
    public ReadOnlySpan<byte> Metadata => buffer.Bytes;

    /// <summary>The datasets in the order of their data; each is followed by padding.</summary>
    public IReadOnlyList<Hdf5DatasetBuilder> Datasets => datasets;

    /// <summary>How many zeros follow the data of a dataset.</summary>
    public static int PaddingOf(long bytes) => (int)(-bytes & 7);

    private ObjectPlace AddGroup(Hdf5GroupBuilder group)
    {
        var names = group.Members.Keys.Order(Utf8Order.Instance).ToArray();
        var header = new HeaderContent();
        var symbols = new byte[2 * sizeof(long)];
        header.Add(SymbolTableMessage, 0, symbols);
        AddAttributes(header, group);
        var address = buffer.Reserve(header.Bytes);
        var table = new SymbolTablePlan(buffer, names);
        var writer = new ByteWriter(symbols);
        writer.I64(table.TreeAddress);
        writer.I64(table.HeapAddress);
        header.Write(buffer.At(address));
        // In the order of adding, which is that of the data.
        var places = new Dictionary<string, ObjectPlace>(StringComparer.Ordinal);
        foreach (var (name, member) in group.Members)
            places.Add(name, member is Hdf5GroupBuilder child ? AddGroup(child) : AddDataset((Hdf5DatasetBuilder)member));
        table.WriteSymbols([.. names.Select(name => places[name])]);
        return new ObjectPlace(address, table.TreeAddress, table.HeapAddress);
    }

    private ObjectPlace AddDataset(Hdf5DatasetBuilder dataset)
    {
        var header = new HeaderContent();
        header.Add(SpaceMessage, 0, Body(SpaceWriter.BytesOf(dataset.Shape), (ref writer) => SpaceWriter.Write(ref writer, dataset.Shape)));
        header.Add(TypeMessage, 1, Body(TypeWriter.BytesOf(dataset.Type), (ref writer) => TypeWriter.Write(ref writer, dataset.Type)));
        // Version 2; allocated late; written if set; defined as zeros.
        header.Add(FillMessage, 1, [2, 2, 2, 1, 0, 0, 0, 0]);
        // Version 3, contiguous; then the address.
        const int ContiguousHeadBytes = 2;
        var layout = header.Add(LayoutMessage, 0, Body(ContiguousHeadBytes + 2 * sizeof(long), (ref writer) =>
        {
            writer.U8(3);
            writer.U8(1);
            writer.I64(ByteWriter.Undefined);
            writer.I64(dataset.ByteCount);
        }));
        AddAttributes(header, dataset);
        var address = buffer.Reserve(header.Bytes);
        header.Write(buffer.At(address));
        datasets.Add(dataset);
        // Data without bytes has no address.
        if (dataset.ByteCount > 0)
            dataAddresses.Add((address + layout + ContiguousHeadBytes, dataBytes));
        dataBytes = checked(dataBytes + dataset.ByteCount + PaddingOf(dataset.ByteCount));
        return new ObjectPlace(address);
    }

    private void AddAttributes(HeaderContent header, Hdf5ObjectBuilder owner)
    {
        foreach (var attribute in owner.Attributes)
            header.Add(AttributeMessage, 0, attribute.ToMessage(heap));
    }

    private void WriteSuperblock(ObjectPlace root)
    {
        var writer = buffer.At(0);
        writer.Bytes([0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n']);
        // Versions of the superblock, free space, root group and shared messages; widths of addresses and lengths.
        writer.Bytes([0, 0, 0, 0, 0, sizeof(long), sizeof(long), 0]);
        writer.U16(SymbolTablePlan.LeafK);
        writer.U16(SymbolTablePlan.InternalK);
        writer.Skip(4);
        writer.I64(0);
        writer.I64(ByteWriter.Undefined);
        writer.I64(checked(buffer.Bytes.Length + dataBytes));
        writer.I64(ByteWriter.Undefined);
        root.WriteEntry(ref writer, 0);
    }

    private static byte[] Body(int bytes, Fill fill)
    {
        var body = new byte[(bytes + 7) & ~7];
        var writer = new ByteWriter(body);
        fill(ref writer);
        return body;
    }

    private delegate void Fill(ref ByteWriter writer);
}
