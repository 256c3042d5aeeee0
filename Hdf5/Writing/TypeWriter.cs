using System.Text;

namespace GpuKeras.Hdf5.Writing;

/// <summary>Writes an element's type, version 1 of the message.</summary>
internal static class TypeWriter
{
    private const int HeadBytes = 8, MaxTagBytes = 247;

    /// <summary>The number of bytes of a type.</summary>
    public static int BytesOf(Hdf5Type type) => HeadBytes + type.Kind switch
    {
        Hdf5Kind.Signed or Hdf5Kind.Unsigned => 4,
        Hdf5Kind.Float or Hdf5Kind.BrainFloat => 12,
        Hdf5Kind.Boolean => HeadBytes + 4 + 16 + 2,
        Hdf5Kind.Opaque => PaddedTagBytes(type),
        Hdf5Kind.VariableString => HeadBytes + 4,
        _ => 0,
    };

    /// <summary>Checks that a dataset or attribute may have a type.</summary>
    /// <exception cref="ArgumentException">It may not.</exception>
    public static void RequireWritable(Hdf5Type type, string what)
    {
        var isWritable = type.Kind switch
        {
            Hdf5Kind.Signed or Hdf5Kind.Unsigned => type.SizeBytes is 1 or 2 or 4 or 8,
            Hdf5Kind.Float => type.SizeBytes is 2 or 4 or 8,
            Hdf5Kind.BrainFloat => type.SizeBytes == 2,
            Hdf5Kind.Boolean => type.SizeBytes == 1,
            Hdf5Kind.Opaque => type.SizeBytes > 0 && type.Tag.Length <= MaxTagBytes && Ascii.IsValid(type.Tag) && !type.Tag.Contains('\0', StringComparison.Ordinal),
            Hdf5Kind.FixedString => type.SizeBytes > 0,
            _ => false,
        };
        if (!isWritable)
            throw new ArgumentException($"'{what}': elements of type {type} in {type.SizeBytes} bytes cannot be written", nameof(type));
    }

    /// <summary>Writes a type.</summary>
    public static void Write(ref ByteWriter writer, Hdf5Type type)
    {
        const int IntegerClass = 0, FloatClass = 1, StringClass = 3, OpaqueClass = 5, EnumerationClass = 8, VariableClass = 9;
        var order = type.IsBigEndian ? 1 : 0;
        switch (type.Kind)
        {
            case Hdf5Kind.Signed or Hdf5Kind.Unsigned:
                WriteHead(ref writer, IntegerClass, order | (type.Kind == Hdf5Kind.Signed ? 8 : 0), type.SizeBytes);
                writer.U16(0);
                writer.U16(8 * type.SizeBytes);
                break;
            case Hdf5Kind.Float or Hdf5Kind.BrainFloat:
                // The leading bit is implied, and the sign is the last bit.
                WriteHead(ref writer, FloatClass, order | 0x20 | (8 * type.SizeBytes - 1) << 8, type.SizeBytes);
                WriteFloat(ref writer, type);
                break;
            case Hdf5Kind.Boolean:
                WriteHead(ref writer, EnumerationClass, 2, 1);
                Write(ref writer, Hdf5Type.Signed(1));
                writer.Bytes("FALSE\0\0\0TRUE\0\0\0\0\0\u0001"u8);
                break;
            case Hdf5Kind.Opaque:
                WriteHead(ref writer, OpaqueClass, PaddedTagBytes(type), type.SizeBytes);
                writer.Bytes(Encoding.ASCII.GetBytes(type.Tag.PadRight(PaddedTagBytes(type), '\0')));
                break;
            case Hdf5Kind.FixedString:
                WriteHead(ref writer, StringClass, (int)type.Padding | (int)type.CharacterSet << 4, type.SizeBytes);
                break;
            default:
                const int String = 1;
                WriteHead(ref writer, VariableClass, String | (int)type.CharacterSet << 8, type.SizeBytes);
                WriteHead(ref writer, IntegerClass, 0, 1);
                writer.U16(0);
                writer.U16(8);
                break;
        }
    }

    private static int PaddedTagBytes(Hdf5Type type) => (type.Tag.Length + 7) / 8 * 8;

    private static void WriteHead(ref ByteWriter writer, int type, int bits, int bytes)
    {
        const int Version = 1;
        writer.U8(type | Version << 4);
        writer.U8(bits);
        writer.U16(bits >> 8);
        writer.U32(bytes);
    }

    private static void WriteFloat(ref ByteWriter writer, Hdf5Type type)
    {
        var exponentBits = (type.Kind, type.SizeBytes) switch { (Hdf5Kind.BrainFloat, _) or (_, 4) => 8, (_, 2) => 5, _ => 11 };
        var mantissaBits = 8 * type.SizeBytes - 1 - exponentBits;
        writer.U16(0);
        writer.U16(8 * type.SizeBytes);
        writer.U8(mantissaBits);
        writer.U8(exponentBits);
        writer.U8(0);
        writer.U8(mantissaBits);
        writer.U32((1 << (exponentBits - 1)) - 1);
    }
}
