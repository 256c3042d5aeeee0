using System.IO.Compression;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Changes archives: what is in an entry, how entries are called, how many there are, or the archive's own bytes.</summary>
/// <param name="others">Archives that pieces are taken from.</param>
/// <param name="entryMutator">What changes an entry of a name.</param>
internal sealed class ZipMutator(IReadOnlyList<byte[]> others, Func<string, IMutator> entryMutator) : IMutator
{
    private static readonly string[] Names =
        ["../escape", "/absolute", "C:\\drive", "a/../../b", "", "config.json", "model.weights.h5", "metadata.json", "assets/x", "x.npy", "nul\0l"];

    private readonly ByteMutator bytes = new(others);

    /// <inheritdoc/>
    public byte[] Mutate(Random random, byte[] input)
    {
        if (random.Next(4) == 0 || Unpack(input) is not { Count: > 0 } entries)
            return bytes.Mutate(random, input);
        var i = random.Next(entries.Count);
        var (name, content) = entries[i];
        switch (random.Next(12))
        {
            case 0: entries[i] = (Names[random.Next(Names.Length)], content); break;
            case 1: entries.RemoveAt(i); break;
            case 2: entries.Add(entries[i]); break;
            case 3: entries.Add((Names[random.Next(Names.Length)], content)); break;
            // Small when packed, large when not.
            case 4: entries[i] = (name, new byte[1 << random.Next(21)]); break;
            case 5: (entries[i], entries[0]) = ((name, entries[0].Content), (entries[0].Name, content)); break;
            default: entries[i] = (name, entryMutator(name).Mutate(random, content)); break;
        }
        return Pack(entries, random.Next(3) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
    }

    /// <summary>The entries of an archive, or null if it is none.</summary>
    public static List<(string Name, byte[] Content)>? Unpack(byte[] input)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(input), ZipArchiveMode.Read);
            return [.. archive.Entries.Take(20).Select(static entry => (entry.FullName, ContentOf(entry)))];
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[] ContentOf(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var content = new byte[Math.Min(entry.Length, 1 << 21)];
        var read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content[..read];
    }

    private static byte[] Pack(List<(string Name, byte[] Content)> entries, CompressionLevel level)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                var entry = archive.CreateEntry(name.Length == 0 ? "x" : name, level);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        return target.ToArray();
    }
}
