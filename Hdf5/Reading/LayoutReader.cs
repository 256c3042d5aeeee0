namespace GpuKeras.Hdf5.Reading;

/// <summary>Reads where the data of a dataset lies, and checks that all of it is there.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section IV.A.2.i, versions 1 to 4.</remarks>
internal static class LayoutReader
{
    private const int CompactClass = 0, ContiguousClass = 1, ChunkedClass = 2, VirtualClass = 3;

    /// <summary>Reads the layout of a dataset.</summary>
    public static IDataLayout Read(FileView file, ObjectHeader header, Dataspace space, int elementBytes)
    {
        if (header.Find(MessageType.ExternalFiles) is { } external)
            throw file.Error(external.Address, "data in other files is not read", "copy the data into this file with h5repack");
        var message = header.Require(MessageType.Layout, "a layout");
        var cursor = message.Cursor(file);
        var version = cursor.Version(1, 4, "a layout");
        var dataset = new DatasetShape(space, elementBytes, FillValue.Read(file, header, elementBytes), header.Address);
        if (version <= 2)
            return ReadOld(file, header, dataset, cursor);
        return cursor.U8() switch
        {
            CompactClass => Compact(file, dataset, ref cursor, cursor.U16()),
            ContiguousClass => Contiguous(file, dataset, cursor.Pointer(), cursor.Length()),
            ChunkedClass when version == 3 => ChunkedLayout.ReadVersion3(file, header, dataset, cursor),
            ChunkedClass => ChunkedLayout.ReadVersion4(file, header, dataset, cursor),
            VirtualClass => throw file.Error(message.Address, "virtual datasets, whose data is in other datasets, are not read"),
            var unknown => throw file.Error(message.Address, $"a layout of class {unknown} is not known"),
        };
    }

    private static IDataLayout ReadOld(FileView file, ObjectHeader header, DatasetShape dataset, ByteCursor cursor)
    {
        var rank = cursor.U8();
        var type = cursor.U8();
        cursor.Skip(5);
        var pointer = type == CompactClass ? null : cursor.Pointer();
        if (type == ChunkedClass)
            return ChunkedLayout.ReadOld(file, header, dataset, pointer, rank, cursor);
        cursor.Skip(sizeof(uint) * rank);
        return type switch
        {
            CompactClass => Compact(file, dataset, ref cursor, cursor.U32()),
            ContiguousClass => Contiguous(file, dataset, pointer, dataset.Bytes),
            _ => throw file.Error(cursor.Address, $"a layout of class {type} is not known"),
        };
    }

    private static CompactLayout Compact(FileView file, DatasetShape dataset, ref ByteCursor cursor, long bytes)
    {
        RequireBytes(file, dataset, bytes);
        return new CompactLayout(cursor.Slice(bytes));
    }

    private static IDataLayout Contiguous(FileView file, DatasetShape dataset, FilePointer? pointer, long bytes)
    {
        if (pointer is not { } data)
        {
            file.CountUnstored(dataset.Address, dataset.Bytes);
            return new UnstoredLayout(dataset.Fill, dataset.Bytes);
        }
        RequireBytes(file, dataset, bytes);
        file.Claim(data, bytes, "the data of a dataset");
        return new ContiguousLayout(file, data.Address, bytes);
    }

    private static void RequireBytes(FileView file, DatasetShape dataset, long bytes)
    {
        if (bytes != dataset.Bytes)
            throw file.Error(
                dataset.Address,
                $"a dataset of [{string.Join(", ", dataset.Space.Sizes)}] elements of {dataset.ElementBytes} bytes has {dataset.Bytes}; the file says {bytes}");
    }
}
