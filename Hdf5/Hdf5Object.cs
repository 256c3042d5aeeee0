using GpuKeras.Hdf5.Reading;

namespace GpuKeras.Hdf5;

/// <summary>A group or a dataset of an open file.</summary>
public abstract class Hdf5Object
{
    private List<Hdf5Attribute>? attributes;

    private protected Hdf5Object(FileView file, ObjectHeader header, string path)
    {
        File = file;
        Header = header;
        Path = path;
    }

    /// <summary>The names from the root to here, separated and preceded by slashes; the root's is <c>/</c>.</summary>
    public string Path { get; }

    /// <summary>The attributes in the file's order.</summary>
    /// <exception cref="Hdf5Exception">They are damaged.</exception>
    public IReadOnlyList<Hdf5Attribute> Attributes => attributes ??= AttributeReader.ReadAll(File, Header);

    internal FileView File { get; }

    internal ObjectHeader Header { get; }

    /// <summary>The attribute of a name, or null.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="Hdf5Exception">The attributes are damaged.</exception>
    public Hdf5Attribute? FindAttribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);
}
