using GpuKeras.Hdf5.Reading;

namespace GpuKeras.Hdf5;

/// <summary>A small named value of a group or dataset.</summary>
public sealed class Hdf5Attribute
{
    private readonly FileView file;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly long address;

    internal Hdf5Attribute(FileView file, string name, Hdf5Type type, Dataspace space, ReadOnlyMemory<byte> bytes, long address)
    {
        this.file = file;
        Name = name;
        Type = type;
        Shape = space.Sizes;
        this.bytes = bytes;
        this.address = address;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of the elements.</summary>
    public Hdf5Type Type { get; }

    /// <summary>The sizes of the axes; none for a single value.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements as they lie in the file, in row-major order; for strings of any length these are references.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The single string that the attribute holds.</summary>
    /// <exception cref="Hdf5Exception">It holds something else, or the string is damaged or too long.</exception>
    public string ReadString() => ReadStrings() is [var text]
        ? text
        : throw file.Error(address, $"attribute '{Name}' must hold one string; its shape is [{string.Join(", ", Shape)}]");

    /// <summary>The strings that the attribute holds, in row-major order; none if it has no elements, whatever their type.</summary>
    /// <exception cref="Hdf5Exception">It holds something else, or a string is damaged or too long.</exception>
    public string[] ReadStrings() => Strings.Decode(file, Type, bytes, address, $"attribute '{Name}'");
}
