using System.IO.Compression;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>An open <c>.keras</c> file: a zip archive with the architecture as JSON and the weights as HDF5.</summary>
/// <remarks>
/// The file may come from anywhere, so nothing that it promises is believed: names, sizes, expansion and checksums are checked, and only
/// three known entries are ever opened. Nothing is extracted under a name from the archive. Assets are not read: no layer here has any.
/// </remarks>
internal sealed class KerasArchive : IDisposable
{
    public const string MetadataName = "metadata.json";
    public const string ConfigName = "config.json";
    public const string WeightsName = "model.weights.h5";

    private const string DamagedHint = "copy or download the file again";
    private const int MaxEntries = 10_000;
    private const long MaxJsonBytes = 64L << 20;

    // Weights hardly compress; only an archive that is made to fill the memory or the disk promises more than this.
    private const long MaxExpansion = 100;
    private const long AlwaysAllowedBytes = 64L << 20;

    // Unix' type of a file, in the upper half of an entry's external attributes.
    private const int FileTypeMask = 0xF000;
    private const int SymbolicLink = 0xA000;

    private readonly string path;
    private readonly FileStream stream;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    /// <summary>Opens an archive and checks the names in it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is no archive, or not one that Keras writes.</exception>
    public KerasArchive(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
        stream = File.OpenRead(path);
        try
        {
            archive = Damaged(() => new ZipArchive(stream, ZipArchiveMode.Read));
            Damaged(() => archive.Entries.Count);
            CheckNames();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>When and by which version the file was written.</summary>
    /// <exception cref="FileFormatException">The entry is missing or damaged.</exception>
    /// <exception cref="ModelConfigException">It is no JSON object.</exception>
    public JsonObject ReadMetadata() => ReadJson(MetadataName);

    /// <summary>The architecture and how it was compiled.</summary>
    /// <inheritdoc cref="ReadMetadata"/>
    public JsonObject ReadConfig() => ReadJson(ConfigName);

    /// <summary>A copy of the weights' file that can be read at any position: in memory if it is small, else a temporary file.</summary>
    /// <exception cref="FileFormatException">The entry is missing, damaged, or expands beyond measure.</exception>
    /// <exception cref="IOException">There is no room for the copy.</exception>
    public Stream OpenWeights() => Copy(WeightsName, long.MaxValue);

    /// <inheritdoc/>
    public void Dispose()
    {
        archive.Dispose();
        stream.Dispose();
    }

    private void CheckNames()
    {
        if (archive.Entries.Count > MaxEntries)
            throw new FileFormatException(path, $"the archive has {archive.Entries.Count} entries, at most {MaxEntries} are allowed");
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName;
            if (name.Length == 0 || name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Contains('\0')
                || name.Split('/').Any(static part => part is ".." or "."))
                throw new FileFormatException(path, $"the entry '{name}' leads out of the archive", "do not trust this file");
            if (((entry.ExternalAttributes >> 16) & FileTypeMask) == SymbolicLink)
                throw new FileFormatException(path, $"the entry '{name}' is a symbolic link", "do not trust this file");
            if (entry.IsEncrypted)
                throw new FileFormatException(path, $"the entry '{name}' is encrypted", "save the archive without a password");
            if (!entries.TryAdd(name, entry))
                throw new FileFormatException(path, $"two entries are called '{name}'", "do not trust this file");
        }
    }

    private JsonObject ReadJson(string name)
    {
        using var stream = Copy(name, MaxJsonBytes);
        using var reader = new StreamReader(stream);
        return KerasJson.Parse(reader.ReadToEnd(), $"{path}: {name}");
    }

    private Stream Copy(string name, long limitBytes)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new FileFormatException(
                path, $"has no entry '{name}', found are {string.Join(", ", entries.Keys.Order(StringComparer.Ordinal).Take(10).Select(static key => $"'{key}'"))}",
                "a model that Keras 3 saved has one");
        var full = $"{path}: {name}";
        var (size, compressed) = (entry.Length, entry.CompressedLength);
        if (size > limitBytes)
            throw new FileFormatException(full, $"has {size} bytes, at most {limitBytes} are allowed");
        if (compressed > stream.Length || size > Math.Max(AlwaysAllowedBytes, compressed * MaxExpansion))
            throw new FileFormatException(
                full, $"{size} bytes, compressed to {compressed} in a file of {stream.Length}, are more than weights can come from",
                "do not trust this file, or store the entries uncompressed");
        Stream copy = size <= AlwaysAllowedBytes ? new MemoryStream() : TemporaryFile();
        try
        {
            using var source = Damaged(entry.Open);
            var summed = new ChecksumStream(source);
            Damaged(() => CopyTo(summed, copy, size, full));
            if (summed.Checksum != entry.Crc32)
                throw new FileFormatException(full, $"the checksum is {summed.Checksum:x8}, but {entry.Crc32:x8} was written", DamagedHint);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static bool CopyTo(Stream source, Stream target, long size, string name)
    {
        var buffer = new byte[1 << 20];
        long copied = 0;
        // Not beyond what was promised: the limits were checked against that.
        for (int count; copied <= size && (count = source.Read(buffer)) > 0; copied += count)
            target.Write(buffer.AsSpan(0, count));
        return copied == size ? true : throw new FileFormatException(name, $"has not the {size} bytes that were written", DamagedHint);
    }

    private static FileStream TemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), $"gpukeras-{Guid.NewGuid():N}.h5"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
        FileOptions.DeleteOnClose);

    // What the library throws for broken archives, as our own error.
    private T Damaged<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new FileFormatException(path, $"the zip archive cannot be read ({error.Message.TrimEnd('.')})", DamagedHint, error);
        }
    }
}
