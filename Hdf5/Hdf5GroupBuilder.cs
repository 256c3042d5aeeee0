namespace GpuKeras.Hdf5;

/// <summary>A group to be written. The root of a new file is one without a name.</summary>
/// <remarks>Members are written sorted by name, as the format demands; the order in which they are added changes nothing but the order of their data.</remarks>
public sealed class Hdf5GroupBuilder : Hdf5ObjectBuilder
{
    private readonly Dictionary<string, Hdf5ObjectBuilder> members = new(StringComparer.Ordinal);

    /// <summary>Makes the root of a new file.</summary>
    public Hdf5GroupBuilder()
        : base("/")
    {
    }

    private Hdf5GroupBuilder(string path)
        : base(path)
    {
    }

    internal IReadOnlyDictionary<string, Hdf5ObjectBuilder> Members => members;

    /// <summary>Adds an empty group.</summary>
    /// <param name="name">Its name, not a path.</param>
    /// <exception cref="ArgumentException">The name is taken, empty, or not a name.</exception>
    public Hdf5GroupBuilder AddGroup(string name)
    {
        var group = new Hdf5GroupBuilder(PathOf(name));
        members.Add(name, group);
        return group;
    }

    /// <summary>The group of a name, added if there is none.</summary>
    /// <param name="name">Its name, not a path.</param>
    /// <exception cref="ArgumentException">It is a dataset's name, empty, or not a name.</exception>
    public Hdf5GroupBuilder GetOrAddGroup(string name) =>
        members.GetValueOrDefault(name ?? "") as Hdf5GroupBuilder ?? AddGroup(name!);

    /// <summary>Adds a dataset whose data is written later, when the file is.</summary>
    /// <param name="name">Its name, not a path.</param>
    /// <param name="type">The elements' type; strings of any length are for attributes only.</param>
    /// <param name="shape">The sizes of the axes; none for a single value.</param>
    /// <param name="write">Writes the elements in row-major order, in the type's byte order; exactly as many bytes as they have.</param>
    /// <exception cref="ArgumentException">The name is taken, empty, or not a name; the type or shape cannot be written.</exception>
    public Hdf5DatasetBuilder AddDataset(string name, Hdf5Type type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        var dataset = new Hdf5DatasetBuilder(PathOf(name), type, shape, write);
        members.Add(name, dataset);
        return dataset;
    }

    private string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is "." or ".." || name.AsSpan().IndexOfAny('/', '\0') >= 0)
            throw new ArgumentException($"'{Path}': a member's name has no slash and no zero character, and is not a dot; got '{name}'", nameof(name));
        if (members.ContainsKey(name))
            throw new ArgumentException($"'{Path}': each member needs a name of its own; '{name}' is taken", nameof(name));
        return Path == "/" ? $"/{name}" : $"{Path}/{name}";
    }
}
