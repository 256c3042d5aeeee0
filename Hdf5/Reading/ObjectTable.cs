namespace GpuKeras.Hdf5.Reading;

/// <summary>The groups and datasets that have been opened, by address.</summary>
internal sealed class ObjectTable(FileView file)
{
    private readonly Dictionary<long, Hdf5Object> objects = [];

    /// <summary>Opens the object at an address, or gives the one that is open.</summary>
    /// <exception cref="Hdf5Exception">It is damaged; a limit is exceeded; a group has a second name, as in a cycle.</exception>
    public Hdf5Object Open(FilePointer pointer, string path, int depth)
    {
        if (objects.TryGetValue(pointer.Address, out var known))
            return known is Hdf5Dataset || known.Path == path
                ? known
                : throw file.Error(pointer.From, $"'{path}' is the group '{known.Path}' again; a group must have one place in the tree");
        if (depth > file.Limits.MaxDepth)
            throw file.Error(pointer.From, $"'{Shorten(path)}' lies {depth} groups deep; at most {file.Limits.MaxDepth} are read");
        if (objects.Count >= file.Limits.MaxObjects)
            throw file.Error(pointer.From, $"at most {file.Limits.MaxObjects} groups and datasets are read");
        var opened = Create(ObjectHeader.Read(file, pointer), path, depth);
        objects.Add(pointer.Address, opened);
        return opened;
    }

    private Hdf5Object Create(ObjectHeader header, string path, int depth)
    {
        foreach (var message in header.Messages)
            switch (message.Type)
            {
                case MessageType.SymbolTable or MessageType.LinkInfo or MessageType.Link:
                    return new Hdf5Group(this, file, header, path, depth);
                case MessageType.Layout:
                    return new Hdf5Dataset(file, header, path);
            }
        throw file.Error(header.Address, $"'{path}' must be a group or a dataset; other objects, such as types with a name, are not read");
    }

    private static string Shorten(string path) => path.Length <= 80 ? path : $"{path[..40]}…{path[^39..]}";
}
