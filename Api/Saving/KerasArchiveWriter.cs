using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Writes <c>.keras</c> files as Keras does: three entries, stored as they are, in its order.</summary>
internal static class KerasArchiveWriter
{
    // The version whose format this is; Keras shows it and does not act on it.
    private const string KerasVersion = "3.15.1";

    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an archive.</summary>
    /// <param name="target">Where to; it can seek.</param>
    /// <param name="config">The serialized model.</param>
    /// <param name="saved">When it is saved; the only part that differs between two files of the same model.</param>
    /// <param name="writeWeights">Writes the weights' file.</param>
    public static void Write(Stream target, JsonObject config, DateTimeOffset saved, Action<Stream> writeWeights)
    {
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var metadata = new JsonObject
        {
            ["keras_version"] = KerasVersion,
            ["date_saved"] = saved.ToString("yyyy-MM-dd@HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        };
        Add(archive, KerasArchive.MetadataName, stream => WriteJson(stream, metadata));
        Add(archive, KerasArchive.ConfigName, stream => WriteJson(stream, config));
        Add(archive, KerasArchive.WeightsName, writeWeights);
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        // The same model gives the same bytes, whenever it is written.
        entry.LastWriteTime = EntryTime;
        using var stream = entry.Open();
        write(stream);
    }

    private static void WriteJson(Stream stream, JsonObject json) => stream.Write(Encoding.UTF8.GetBytes(KerasJson.ToText(json)));
}
