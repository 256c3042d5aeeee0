using System.Buffers.Binary;
using System.Globalization;
using GpuKeras.Kernels;

namespace GpuKeras.Saving;

/// <summary>The head of a NumPy array file: dtype, memory order, shape.</summary>
/// <remarks>Format: NumPy's documentation, "numpy.lib.format", versions 1.0, 2.0 and 3.0.</remarks>
/// <param name="Encoding">How the elements are stored; it has a target dtype.</param>
/// <param name="IsFortranOrder">Whether the first axis is the contiguous one.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="HeadBytes">The number of bytes before the first element.</param>
/// <param name="DataBytes">The number of bytes of all elements.</param>
internal sealed record NpyHeader(ElementEncoding Encoding, bool IsFortranOrder, Shape Shape, long HeadBytes, long DataBytes)
{
    private const int AlignmentBytes = 64;

    // NumPy refuses headers of more than 10,000 characters from files it does not trust.
    private const int MaxTextBytes = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the head; the stream then stands at the first element.</summary>
    /// <exception cref="FileFormatException">This is not an array that a tensor can hold.</exception>
    public static NpyHeader Read(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        ReadHead(stream, start, file);
        if (!start.StartsWith(Magic))
            throw new FileFormatException(file, "not a NumPy array: the first six bytes must be \\x93NUMPY", "NPY files are written by numpy.save and Npy.Save");
        var (major, minor) = (start[^2], start[^1]);
        if (major is < 1 or > 3 || minor != 0)
            throw new FileFormatException(file, $"NPY format version {major}.{minor} is not known; known are 1.0, 2.0 and 3.0");
        Span<byte> length = stackalloc byte[major == 1 ? sizeof(ushort) : sizeof(uint)];
        ReadHead(stream, length, file);
        var textBytes = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (textBytes > MaxTextBytes)
            throw new FileFormatException(file, $"the header would have {textBytes} bytes; at most {MaxTextBytes} are read");
        var text = new byte[textBytes];
        ReadHead(stream, text, file);
        var characters = major == 3 ? System.Text.Encoding.UTF8 : System.Text.Encoding.Latin1;
        return Interpret(file, NpyDictionary.Parse(file, characters.GetString(text)), start.Length + length.Length + textBytes);
    }

    /// <summary>Writes the head of a tensor's file.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        var sizes = string.Concat(tensor.Shape.Select(static size => string.Create(CultureInfo.InvariantCulture, $"{size}, ")));
        var tuple = tensor.Rank == 1 ? sizes.TrimEnd() : sizes.TrimEnd(',', ' ');
        var text = $"{{'descr': '{DescriptionOf(tensor.DType)}', 'fortran_order': False, 'shape': ({tuple}), }}";
        var prefixBytes = Magic.Length + 2 + sizeof(ushort);
        var unpadded = prefixBytes + text.Length + 1;
        var padded = (unpadded + AlignmentBytes - 1) / AlignmentBytes * AlignmentBytes;
        Span<byte> head = stackalloc byte[padded];
        head.Fill((byte)' ');
        Magic.CopyTo(head);
        (head[Magic.Length], head[Magic.Length + 1]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(head[(Magic.Length + 2)..], (ushort)(padded - prefixBytes));
        System.Text.Encoding.ASCII.GetBytes(text, head[prefixBytes..]);
        head[^1] = (byte)'\n';
        stream.Write(head);
    }

    private static NpyHeader Interpret(string file, NpyDictionary fields, long headBytes)
    {
        var encoding = EncodingOf(file, fields.Description);
        var bytes = TensorStream.CountBytes(file, fields.Sizes, encoding.SizeBytes);
        if (fields.Sizes.Length > Extents.MaxRank)
            throw new FileFormatException(file, $"a tensor has at most {Extents.MaxRank} axes; the array has {fields.Sizes.Length}", "reshape it in NumPy");
        return new NpyHeader(encoding, fields.IsFortranOrder, new Shape(Array.ConvertAll(fields.Sizes, static size => (int)size)), headBytes, bytes);
    }

    private static ElementEncoding EncodingOf(string file, string description)
    {
        if (description.Length < 3 || description[0] is not ('<' or '>' or '|' or '=')
            || !int.TryParse(description.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var sizeBytes))
            throw Unsupported(file, description);
        ElementKind kind = description[1] switch
        {
            'f' => ElementKind.Float,
            'i' => ElementKind.Signed,
            'u' => ElementKind.Unsigned,
            'b' => ElementKind.Bool,
            _ => throw Unsupported(file, description),
        };
        var encoding = new ElementEncoding(kind, sizeBytes, description[0] == '>');
        return encoding.Target is null ? throw Unsupported(file, description) : encoding;
    }

    private static FileFormatException Unsupported(string file, string description) =>
        new(file, $"dtype '{description}' has no equal here", "save it as float16/32/64, int8/16/32/64, uint8/16/32 or bool with .astype");

    private static string DescriptionOf(DType dtype) => dtype switch
    {
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        DType.Int32 => "<i4",
        DType.Int64 => "<i8",
        DType.UInt8 => "|u1",
        _ => "|b1",
    };

    private static void ReadHead(Stream stream, Span<byte> target, string file)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
            throw new FileFormatException(file, "the file ends within the header of the array", "copy or download the file again");
    }
}
