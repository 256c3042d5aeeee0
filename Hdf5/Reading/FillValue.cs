namespace GpuKeras.Hdf5.Reading;

/// <summary>The value of elements that were never written.</summary>
/// <remarks>Format: "HDF5 File Format Specification", sections IV.A.2.e and f.</remarks>
internal static class FillValue
{
    /// <summary>The bytes of one element; empty for zeros.</summary>
    public static ReadOnlyMemory<byte> Read(FileView file, ObjectHeader header, int elementBytes)
    {
        if ((header.Find(MessageType.FillValue) ?? header.Find(MessageType.OldFillValue)) is not { } message)
            return default;
        var cursor = message.Cursor(file);
        if (message.Type == MessageType.FillValue && !SkipToValue(ref cursor))
            return default;
        var length = cursor.U32();
        // Zero or the format's -1: no value of its own.
        if (length is 0 or uint.MaxValue)
            return default;
        if (length != elementBytes)
            throw file.Error(message.Address, $"the fill value must have {elementBytes} bytes like the elements; got {length}");
        var value = cursor.Slice(length);
        return value.Span.ContainsAnyExcept((byte)0) ? value : default;
    }

    /// <summary>Fills a span with the bytes that repeated elements have from an offset on.</summary>
    public static void Repeat(ReadOnlySpan<byte> element, long offset, Span<byte> target)
    {
        if (element.IsEmpty)
        {
            target.Clear();
            return;
        }
        var first = Math.Min(target.Length, element.Length);
        for (var i = 0; i < first; i++)
            target[i] = element[(int)((offset + i) % element.Length)];
        for (var filled = first; filled < target.Length;)
        {
            var count = Math.Min(filled, target.Length - filled);
            target[..count].CopyTo(target[filled..]);
            filled += count;
        }
    }

    private static bool SkipToValue(ref ByteCursor cursor)
    {
        var version = cursor.Version(1, 3, "a fill value");
        if (version == 3)
            return (cursor.U8() & 0x20) != 0;
        cursor.Skip(2);
        var isDefined = cursor.U8() != 0;
        return version == 1 || isDefined;
    }
}
