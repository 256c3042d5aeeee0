using System.IO.Compression;

namespace GpuKeras.Saving;

/// <summary>Reads and writes several tensors by name as a NumPy archive, <c>.npz</c>: a zip file of <c>.npy</c> files.</summary>
/// <remarks>Element types as in <see cref="Npy"/>. Entries may be stored or deflated; their checksums are verified.</remarks>
public static class Npz
{
    private const string Extension = ".npy";

    // Deflate makes at most 1032 bytes of one; an entry that promises more is corrupt, and must not make us allocate what it promises.
    private const long MaxDeflateRatio = 1032;

    /// <summary>Reads all arrays of an archive by name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The file is not an archive of arrays, or it is damaged.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        var arrays = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
                if (!arrays.TryAdd(NameOf(entry, path), ReadEntry(entry, path, stream.Length)))
                    throw new FileFormatException(path, $"two entries are called '{entry.FullName}'");
            return arrays;
        }
        catch (Exception error)
        {
            foreach (var tensor in arrays.Values)
                tensor.Dispose();
            if (error is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
                throw new FileFormatException(path, $"the zip archive cannot be read ({error.Message.TrimEnd('.')})", "copy or download the file again", error);
            throw;
        }
    }

    /// <summary>Writes an archive, replacing the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="arrays">The tensors by name; the names become the entries' names.</param>
    /// <param name="compress">Whether the entries are deflated, as by <c>numpy.savez_compressed</c>.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (name, tensor) in arrays)
            {
                if (string.IsNullOrEmpty(name) || !names.Add(name))
                    throw new ArgumentException($"Npz.Save: each array needs a name of its own; got '{name}'", nameof(arrays));
                var entry = archive.CreateEntry(name + Extension, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                // The same tensors give the same bytes, whenever they are written; NumPy uses this time as well.
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                Npy.Write(target, tensor);
            }
        });
    }

    private static string NameOf(ZipArchiveEntry entry, string path) => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
        ? entry.FullName[..^Extension.Length]
        : throw new FileFormatException(path, $"the entry '{entry.FullName}' is not a NumPy array", "an .npz archive holds .npy files only");

    private static Tensor ReadEntry(ZipArchiveEntry entry, string path, long fileBytes)
    {
        var name = $"{path}: {entry.FullName}";
        if (entry.IsEncrypted)
            throw new FileFormatException(name, "the entry is encrypted", "save the archive without a password");
        if (entry.CompressedLength > fileBytes || entry.Length / MaxDeflateRatio > entry.CompressedLength)
            throw new FileFormatException(
                name, $"{entry.Length} bytes, compressed to {entry.CompressedLength}, cannot come from a file of {fileBytes} bytes", "copy or download the file again");
        using var stream = entry.Open();
        var summed = new ChecksumStream(stream);
        var tensor = Npy.Read(summed, name, entry.Length);
        if (summed.Checksum == entry.Crc32)
            return tensor;
        tensor.Dispose();
        throw new FileFormatException(name, $"the checksum is {summed.Checksum:x8}, but {entry.Crc32:x8} was written", "copy or download the file again");
    }
}
