using GpuKeras.Hdf5.Reading;

namespace GpuKeras.Hdf5;

/// <summary>A group of an open file: names for datasets and other groups.</summary>
public sealed class Hdf5Group : Hdf5Object
{
    private readonly ObjectTable objects;
    private readonly int depth;
    private Dictionary<string, Link>? links;

    internal Hdf5Group(ObjectTable objects, FileView file, ObjectHeader header, string path, int depth)
        : base(file, header, path)
    {
        this.objects = objects;
        this.depth = depth;
    }

    /// <summary>The names of the members in the file's order: sorted, or as they were made where the file keeps that.</summary>
    /// <exception cref="Hdf5Exception">The group is damaged.</exception>
    public IReadOnlyCollection<string> Names => Links.Keys;

    /// <summary>The members in the order of <see cref="Names"/>; each is opened when its turn comes.</summary>
    /// <exception cref="Hdf5Exception">The group or a member is damaged, or a member is a link that is not followed.</exception>
    public IEnumerable<Hdf5Object> Members => Links.Values.Select(Open);

    private Dictionary<string, Link> Links => links ??= ReadLinks();

    /// <summary>The member at a path below this group, or null if there is none.</summary>
    /// <param name="path">Names separated by slashes, such as <c>layers/dense/vars/0</c>.</param>
    /// <exception cref="Hdf5Exception">A group on the way or the member is damaged, or is a link that is not followed.</exception>
    public Hdf5Object? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Hdf5Object? found = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = found is Hdf5Group group && group.Links.TryGetValue(name, out var link) ? group.Open(link) : null;
        return found;
    }

    /// <summary>The group at a path below this group.</summary>
    /// <param name="path">Names separated by slashes.</param>
    /// <exception cref="Hdf5Exception">There is none, or it is damaged.</exception>
    public Hdf5Group Group(string path) => Find(path) as Hdf5Group ?? throw Missing(path, "group");

    /// <summary>The dataset at a path below this group.</summary>
    /// <param name="path">Names separated by slashes.</param>
    /// <exception cref="Hdf5Exception">There is none, or it is damaged.</exception>
    public Hdf5Dataset Dataset(string path) => Find(path) as Hdf5Dataset ?? throw Missing(path, "dataset");

    private Hdf5Exception Missing(string path, string kind) => File.Error(Header.Address, $"the group '{Path}' must have a {kind} '{path}'");

    private Hdf5Object Open(Link link)
    {
        var path = Path == "/" ? $"/{link.Name}" : $"{Path}/{link.Name}";
        return link.Target is { } target
            ? objects.Open(target, path, depth + 1)
            : throw File.Error(link.From, $"'{path}' cannot be opened: {link.Problem ?? "its address is undefined"}");
    }

    private Dictionary<string, Link> ReadLinks()
    {
        var found = new Dictionary<string, Link>(StringComparer.Ordinal);
        foreach (var link in LinkReader.ReadAll(File, Header))
        {
            if (link.Name.Contains('/', StringComparison.Ordinal))
                throw File.Error(link.From, $"a member of '{Path}' is called '{link.Name}'; '/' must not be in a name");
            if (!found.TryAdd(link.Name, link))
                throw File.Error(link.From, $"two members of '{Path}' are called '{link.Name}'");
        }
        return found;
    }
}
