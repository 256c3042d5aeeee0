namespace GpuKeras.Hdf5.Reading;

/// <summary>Reads the elements of string types.</summary>
internal static class Strings
{
    /// <summary>Decodes elements.</summary>
    /// <param name="file">The file.</param>
    /// <param name="type">Their type.</param>
    /// <param name="elements">Their bytes, a whole number of elements.</param>
    /// <param name="address">Where they lie, as the place that references come from.</param>
    /// <param name="what">The attribute or dataset, for errors.</param>
    public static string[] Decode(FileView file, Hdf5Type type, ReadOnlyMemory<byte> elements, long address, string what)
    {
        if (elements.IsEmpty)
            return [];
        if (type.Kind is not (Hdf5Kind.FixedString or Hdf5Kind.VariableString))
            throw file.Error(address, $"{what} must hold strings; its type is {type}");
        var texts = new string[elements.Length / type.SizeBytes];
        var left = file.Limits.MaxAttributeBytes;
        var cursor = file.Cursor(elements, address);
        for (var i = 0; i < texts.Length; i++)
            texts[i] = type.Kind == Hdf5Kind.FixedString
                ? DecodeFixed(file, type, ref cursor)
                : DecodeVariable(file, type, ref cursor, ref left);
        return texts;
    }

    private static string DecodeFixed(FileView file, Hdf5Type type, ref ByteCursor cursor)
    {
        var address = cursor.Address;
        return Text.Decode(file, Text.Trim(cursor.Slice(type.SizeBytes).Span, type.Padding), address);
    }

    private static string DecodeVariable(FileView file, Hdf5Type type, ref ByteCursor cursor, ref long left)
    {
        if (type.SizeBytes != 8 + file.OffsetBytes)
            throw file.Error(cursor.Address, $"the reference of a string must have {8 + file.OffsetBytes} bytes; got {type.SizeBytes}");
        var bytes = file.Heap.Read(file, ref cursor, left, out var address);
        left -= bytes.Length;
        return Text.Decode(file, Text.Trim(bytes, StringPadding.FirstZero), address);
    }
}
