using GpuKeras.Hdf5.Reading;

namespace GpuKeras.Hdf5;

/// <summary>An HDF5 file open for reading. Nothing but its structure is read until a value is asked for.</summary>
/// <remarks>
/// Read are superblocks 0 to 3, both kinds of groups, and contiguous, compact and chunked datasets with the filters deflate, shuffle and
/// fletcher32. Not read, with an error that says so: external storage, virtual datasets, soft and external links, other filters.
/// A file is trusted in nothing: see <see cref="Hdf5Limits"/>. One thread at a time may use an open file and what belongs to it.
/// Source: "HDF5 File Format Specification", version 3.0, The HDF Group.
/// </remarks>
public sealed class Hdf5File : IDisposable
{
    private readonly Stream stream;
    private readonly bool leaveOpen;

    private Hdf5File(Stream stream, string name, Hdf5Limits? limits, bool leaveOpen)
    {
        this.stream = stream;
        this.leaveOpen = leaveOpen;
        var file = new FileView(stream, name, limits ?? Hdf5Limits.Default);
        var pointer = Superblock.Read(file);
        Root = new ObjectTable(file).Open(pointer, "/", depth: 0) as Hdf5Group
            ?? throw file.Error(pointer.From, "the file's root must be a group");
    }

    /// <summary>The group that holds everything else.</summary>
    public Hdf5Group Root { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may ask for; null for <see cref="Hdf5Limits.Default"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="Hdf5Exception">It is not an HDF5 file, or it is damaged.</exception>
    public static Hdf5File Open(string path, Hdf5Limits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = File.OpenRead(path);
        try
        {
            return new Hdf5File(stream, path, limits, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file within a stream, such as an entry of an archive.</summary>
    /// <param name="stream">The whole file; it can seek. If opening fails it stays open.</param>
    /// <param name="name">The file's name for errors.</param>
    /// <param name="limits">What the file may ask for; null for <see cref="Hdf5Limits.Default"/>.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the file is closed.</param>
    /// <exception cref="Hdf5Exception">It is not an HDF5 file, or it is damaged.</exception>
    public static Hdf5File Open(Stream stream, string name, Hdf5Limits? limits = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return new Hdf5File(stream, name, limits, leaveOpen);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!leaveOpen)
            stream.Dispose();
    }
}
