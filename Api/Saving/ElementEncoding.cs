using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GpuKeras.Saving;

/// <summary>How a file holds the elements of an array, and how they become those of a tensor.</summary>
/// <param name="Kind">What the bytes mean.</param>
/// <param name="SizeBytes">The size of one element in the file.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct ElementEncoding(ElementKind Kind, int SizeBytes, bool IsBigEndian = false)
{
    /// <summary>The dtype that holds every value of this encoding exactly, or null if there is none.</summary>
    public DType? Target => (Kind, SizeBytes) switch
    {
        (ElementKind.Float, 2 or 4) or (ElementKind.BrainFloat, 2) => DType.Float32,
        (ElementKind.Float, 8) => DType.Float64,
        (ElementKind.Signed, 1 or 2 or 4) or (ElementKind.Unsigned, 2) => DType.Int32,
        (ElementKind.Signed, 8) or (ElementKind.Unsigned, 4) => DType.Int64,
        (ElementKind.Unsigned, 1) => DType.UInt8,
        (ElementKind.Bool, 1) => DType.Bool,
        _ => null,
    };

    /// <summary>The encoding in which a dtype is written.</summary>
    public static ElementEncoding Of(DType dtype) => dtype switch
    {
        DType.Float32 or DType.Float64 => new(ElementKind.Float, dtype.SizeBytes()),
        DType.Int32 or DType.Int64 => new(ElementKind.Signed, dtype.SizeBytes()),
        DType.UInt8 => new(ElementKind.Unsigned, 1),
        _ => new(ElementKind.Bool, 1),
    };

    /// <summary>NumPy's name of the encoding, such as <c>float32</c>.</summary>
    public override string ToString() => Kind switch
    {
        ElementKind.Float => $"float{SizeBytes * 8}",
        ElementKind.BrainFloat => "bfloat16",
        ElementKind.Signed => $"int{SizeBytes * 8}",
        ElementKind.Unsigned => $"uint{SizeBytes * 8}",
        _ => "bool",
    };

    /// <summary>Converts elements to <see cref="Target"/>.</summary>
    /// <param name="source">Whole elements as they lie in the file; their byte order may be changed.</param>
    /// <param name="target">Room for as many elements of <see cref="Target"/>.</param>
    public void Decode(Span<byte> source, Span<byte> target)
    {
        if (IsBigEndian == BitConverter.IsLittleEndian)
            SwapBytes(source);
        switch (Kind, SizeBytes)
        {
            case (ElementKind.Float, 2): Widen<Half, float>(source, target, static value => (float)value); break;
            case (ElementKind.BrainFloat, 2): Widen<ushort, uint>(source, target, static value => (uint)value << 16); break;
            case (ElementKind.Signed, 1): Widen<sbyte, int>(source, target, static value => value); break;
            case (ElementKind.Signed, 2): Widen<short, int>(source, target, static value => value); break;
            case (ElementKind.Unsigned, 2): Widen<ushort, int>(source, target, static value => value); break;
            case (ElementKind.Unsigned, 4): Widen<uint, long>(source, target, static value => value); break;
            // A .NET bool with another bit pattern than 0 or 1 is undefined.
            case (ElementKind.Bool, 1): Widen<byte, byte>(source, target, static value => value != 0 ? (byte)1 : (byte)0); break;
            default: source.CopyTo(target); break;
        }
    }

    private void SwapBytes(Span<byte> elements)
    {
        switch (SizeBytes)
        {
            case 2: Swap(MemoryMarshal.Cast<byte, ushort>(elements)); break;
            case 4: Swap(MemoryMarshal.Cast<byte, uint>(elements)); break;
            case 8: Swap(MemoryMarshal.Cast<byte, ulong>(elements)); break;
        }
    }

    private static void Swap(Span<ushort> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Swap(Span<uint> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Swap(Span<ulong> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Widen<TSource, TTarget>(Span<byte> source, Span<byte> target, Func<TSource, TTarget> convert)
        where TSource : unmanaged
        where TTarget : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, TSource>(source);
        var to = MemoryMarshal.Cast<byte, TTarget>(target);
        for (var i = 0; i < from.Length; i++)
            to[i] = convert(from[i]);
    }
}
