namespace GpuKeras.Hdf5;

/// <summary>The type of the elements of a dataset or attribute.</summary>
/// <remarks>An enumeration other than the booleans has the kind of its integers.</remarks>
/// <param name="Kind">What the bytes mean.</param>
/// <param name="SizeBytes">The size of one element in the file.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
public sealed record Hdf5Type(Hdf5Kind Kind, int SizeBytes, bool IsBigEndian = false)
{
    /// <summary>A 4-byte float.</summary>
    public static Hdf5Type Float32 { get; } = Float(4);

    /// <summary>An 8-byte float.</summary>
    public static Hdf5Type Float64 { get; } = Float(8);

    /// <summary>A 4-byte signed integer.</summary>
    public static Hdf5Type Int32 { get; } = Signed(4);

    /// <summary>An 8-byte signed integer.</summary>
    public static Hdf5Type Int64 { get; } = Signed(8);

    /// <summary>One byte, 0 or 1.</summary>
    public static Hdf5Type Boolean { get; } = new(Hdf5Kind.Boolean, 1);

    /// <summary>The characters of a string.</summary>
    public Hdf5CharacterSet CharacterSet { get; init; } = Hdf5CharacterSet.Utf8;

    /// <summary>What an opaque type's bytes are, in the writer's words; empty otherwise.</summary>
    public string Tag { get; init; } = "";

    /// <summary>How an unsupported type is called; empty otherwise.</summary>
    internal string Description { get; init; } = "";

    /// <summary>How a fixed string ends.</summary>
    internal StringPadding Padding { get; init; }

    /// <summary>A little-endian float.</summary>
    /// <param name="sizeBytes">2, 4 or 8.</param>
    public static Hdf5Type Float(int sizeBytes) => new(Hdf5Kind.Float, sizeBytes);

    /// <summary>A little-endian signed integer.</summary>
    /// <param name="sizeBytes">1, 2, 4 or 8.</param>
    public static Hdf5Type Signed(int sizeBytes) => new(Hdf5Kind.Signed, sizeBytes);

    /// <summary>A little-endian integer without a sign.</summary>
    /// <param name="sizeBytes">1, 2, 4 or 8.</param>
    public static Hdf5Type Unsigned(int sizeBytes) => new(Hdf5Kind.Unsigned, sizeBytes);

    /// <summary>Bytes without a meaning.</summary>
    /// <param name="sizeBytes">The number of bytes of an element.</param>
    /// <param name="tag">What the bytes are; at most 247 ASCII characters.</param>
    public static Hdf5Type Opaque(int sizeBytes, string tag = "") => new(Hdf5Kind.Opaque, sizeBytes) { Tag = tag };

    /// <summary>Strings in a fixed number of bytes, filled up with zeros.</summary>
    /// <param name="sizeBytes">The number of bytes of an element.</param>
    /// <param name="characters">The declared characters.</param>
    public static Hdf5Type FixedString(int sizeBytes, Hdf5CharacterSet characters = Hdf5CharacterSet.Utf8) =>
        new(Hdf5Kind.FixedString, sizeBytes) { CharacterSet = characters, Padding = StringPadding.Zeros };

    /// <summary>Says the type in a few characters, such as <c>float32</c> or <c>opaque(2)</c>.</summary>
    public override string ToString() => Kind switch
    {
        Hdf5Kind.Unsupported => Description,
        Hdf5Kind.Signed => $"int{SizeBytes * 8}",
        Hdf5Kind.Unsigned => $"uint{SizeBytes * 8}",
        Hdf5Kind.Float => $"float{SizeBytes * 8}",
        Hdf5Kind.BrainFloat => "bfloat16",
        Hdf5Kind.Boolean => "bool",
        Hdf5Kind.Opaque => $"opaque({SizeBytes})",
        Hdf5Kind.FixedString => $"string({SizeBytes})",
        _ => "string",
    };
}
