using System.Text;
using GpuKeras.Hdf5.Writing;

namespace GpuKeras.Hdf5;

/// <summary>A group or dataset to be written.</summary>
public abstract class Hdf5ObjectBuilder
{
    private readonly List<AttributeContent> attributes = [];

    private protected Hdf5ObjectBuilder(string path) => Path = path;

    /// <summary>The names from the root to here, separated and preceded by slashes; the root's is <c>/</c>.</summary>
    public string Path { get; }

    internal IReadOnlyList<AttributeContent> Attributes => attributes;

    /// <summary>Adds a single string.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">The string; it has no zero characters.</param>
    /// <param name="characters">The declared characters.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, or the string is not what its characters declare.</exception>
    public void AddAttribute(string name, string value, Hdf5CharacterSet characters = Hdf5CharacterSet.Utf8)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(new AttributeContent(name, VariableString(characters), [], [Encode(value, characters)], default));
    }

    /// <summary>Adds a list of strings. An empty list becomes one of float64, as h5py writes it.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="values">The strings; they have no zero characters.</param>
    /// <param name="characters">The declared characters.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, a string is not what its characters declare, or there are more than some 4,000.</exception>
    public void AddAttribute(string name, IReadOnlyList<string> values, Hdf5CharacterSet characters = Hdf5CharacterSet.Utf8)
    {
        ArgumentNullException.ThrowIfNull(values);
        Add(values.Count == 0
            ? new AttributeContent(name, Hdf5Type.Float64, [0], null, default)
            : new AttributeContent(name, VariableString(characters), [values.Count], [.. values.Select(value => Encode(value, characters))], default));
    }

    /// <summary>Adds an array of another type than strings of any length.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="type">The elements' type.</param>
    /// <param name="shape">The sizes of the axes; none for a single value.</param>
    /// <param name="bytes">The elements in row-major order, little-endian.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, the bytes are not those of the shape, or more than some 64,000.</exception>
    public void AddAttribute(string name, Hdf5Type type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(shape);
        TypeWriter.RequireWritable(type, name);
        var expected = ShapeBytes.Count(shape, type.SizeBytes, name);
        if (bytes.Length != expected)
            throw new ArgumentException($"attribute '{name}': {type} [{string.Join(", ", shape)}] has {expected} bytes; got {bytes.Length}", nameof(bytes));
        Add(new AttributeContent(name, type, [.. shape], null, bytes));
    }

    private static Hdf5Type VariableString(Hdf5CharacterSet characters) => new(Hdf5Kind.VariableString, 16) { CharacterSet = characters };

    private static byte[] Encode(string value, Hdf5CharacterSet characters)
    {
        if (value.Contains('\0', StringComparison.Ordinal) || characters == Hdf5CharacterSet.Ascii && !Ascii.IsValid(value))
            throw new ArgumentException($"HDF5 strings have no zero characters, and only ASCII ones where they declare so; got '{value}'", nameof(value));
        return Encoding.UTF8.GetBytes(value);
    }

    private void Add(AttributeContent attribute)
    {
        ArgumentException.ThrowIfNullOrEmpty(attribute.Name);
        if (attribute.Name.Contains('\0', StringComparison.Ordinal) || attributes.Exists(other => other.Name == attribute.Name))
            throw new ArgumentException($"'{Path}': each attribute needs a name of its own, without zero characters; got '{attribute.Name}'");
        if (attribute.MessageBytes > ushort.MaxValue)
            throw new ArgumentException(
                $"'{Path}': an attribute has at most {ushort.MaxValue} bytes; '{attribute.Name}' has {attribute.MessageBytes}. Hint: split it into several.");
        attributes.Add(attribute);
    }
}
