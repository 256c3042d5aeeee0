namespace GpuKeras.Hdf5.Reading;

/// <summary>Reads what the format says of an element's type.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section IV.A.2.d, versions 1 to 3.</remarks>
internal static class Datatype
{
    private const int FixedPointClass = 0, FloatClass = 1, StringClass = 3, OpaqueClass = 5, EnumerationClass = 8, VariableClass = 9;

    private static readonly string[] ClassNames =
        ["integer", "float", "time", "string", "bit field", "opaque", "compound", "reference", "enumeration", "sequence of variable length", "array"];

    /// <summary>Reads the body of a datatype message.</summary>
    public static Hdf5Type Parse(FileView file, ref ByteCursor cursor) => Parse(file, ref cursor, isBase: false);

    private static Hdf5Type Parse(FileView file, ref ByteCursor cursor, bool isBase)
    {
        var start = cursor.Address;
        var head = cursor.U8();
        var (type, version) = (head & 0xf, head >> 4);
        if (version is < 1 or > 4 || type >= ClassNames.Length)
            throw file.Error(start, $"a data type of class {type}, version {version}, is not known");
        var bits = (uint)cursor.Unsigned(3);
        var length = cursor.U32();
        if (length is 0 or > int.MaxValue)
            throw file.Error(start, $"a data type cannot have {length} bytes");
        var bytes = (int)length;
        return type switch
        {
            FixedPointClass => ParseInteger(ref cursor, bits, bytes),
            FloatClass => ParseFloat(ref cursor, bits, bytes),
            StringClass => new Hdf5Type(Hdf5Kind.FixedString, bytes)
            {
                CharacterSet = Characters(bits >> 4),
                Padding = (StringPadding)(bits & 0xf),
            },
            OpaqueClass => Hdf5Type.Opaque(bytes, ZeroEnded(cursor.Slice(bits & 0xff).Span)),
            EnumerationClass when !isBase => ParseEnumeration(file, ref cursor, version, (int)(bits & 0xffff)),
            VariableClass when (bits & 0xf) == 1 => new Hdf5Type(Hdf5Kind.VariableString, bytes) { CharacterSet = Characters(bits >> 8) },
            _ => Unsupported(ClassNames[type], bytes),
        };
    }

    private static Hdf5Type ParseInteger(ref ByteCursor cursor, uint bits, int bytes)
    {
        int offset = cursor.U16(), precision = cursor.U16();
        if (bytes is not (1 or 2 or 4 or 8) || offset != 0 || precision != 8 * bytes)
            return Unsupported($"integer of {precision} bits in {bytes} bytes", bytes);
        return new Hdf5Type((bits & 8) != 0 ? Hdf5Kind.Signed : Hdf5Kind.Unsigned, bytes, (bits & 1) != 0 && bytes > 1);
    }

    private static Hdf5Type ParseFloat(ref ByteCursor cursor, uint bits, int bytes)
    {
        int offset = cursor.U16(), precision = cursor.U16();
        int exponentStart = cursor.U8(), exponentBits = cursor.U8(), mantissaStart = cursor.U8(), mantissaBits = cursor.U8();
        var bias = cursor.U32();
        const int LeadingBitImplied = 2;
        var isUsual = offset == 0 && precision == 8 * bytes && mantissaStart == 0 && exponentStart == mantissaBits
            && exponentStart + exponentBits == precision - 1 && bias == (1u << Math.Min(exponentBits - 1, 31)) - 1
            && (bits >> 8 & 0xff) == precision - 1 && (bits >> 4 & 3) == LeadingBitImplied && (bits & 0x40) == 0;
        var isBigEndian = (bits & 1) != 0;
        return (bytes, exponentBits, isUsual) switch
        {
            (2, 5, true) or (4, 8, true) or (8, 11, true) => new Hdf5Type(Hdf5Kind.Float, bytes, isBigEndian),
            (2, 8, true) => new Hdf5Type(Hdf5Kind.BrainFloat, bytes, isBigEndian),
            _ => Unsupported($"float of {exponentBits} + {mantissaBits} bits in {bytes} bytes", bytes),
        };
    }

    private static Hdf5Type ParseEnumeration(FileView file, ref ByteCursor cursor, int version, int members)
    {
        var integer = Parse(file, ref cursor, isBase: true);
        var names = new List<string>();
        var start = cursor.Address;
        var bytes = cursor.Slice(cursor.Remaining).Span;
        if (integer is not { Kind: Hdf5Kind.Signed or Hdf5Kind.Unsigned, SizeBytes: 1 } || members != 2)
            return integer;
        for (var i = 0; i < members; i++)
        {
            var end = bytes.IndexOf((byte)0);
            if (end < 0)
                throw file.Error(start, "the names of an enumeration must end with zeros");
            names.Add(ZeroEnded(bytes));
            // Before version 3 a name fills a multiple of 8 bytes.
            bytes = bytes[Math.Min(bytes.Length, version < 3 ? (end + 8) / 8 * 8 : end + 1)..];
        }
        return names is ["FALSE", "TRUE"] && bytes is [0, 1, ..] ? Hdf5Type.Boolean : integer;
    }

    private static string ZeroEnded(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return System.Text.Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static Hdf5CharacterSet Characters(uint bits) => (bits & 0xf) == 0 ? Hdf5CharacterSet.Ascii : Hdf5CharacterSet.Utf8;

    private static Hdf5Type Unsupported(string description, int bytes) => new(Hdf5Kind.Unsupported, bytes) { Description = description };
}
