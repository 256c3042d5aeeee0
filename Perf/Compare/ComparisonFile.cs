using System.Text;
using System.Text.Json;

namespace GpuKeras.Perf.Compare;

/// <summary>Writes results as JSON: an array with one object a row, each on a line of its own.</summary>
internal static class ComparisonFile
{
    /// <summary>Fails now, not after measuring, if the file could not be written.</summary>
    public static void Check(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
            throw new IOException($"--json: '{file.FullName}' is a folder. Hint: add a file name.");
        if (!file.Directory!.Exists)
            throw new DirectoryNotFoundException($"--json: there is no folder '{file.DirectoryName}'. Hint: create it first.");
    }

    /// <summary>Writes beside the target and renames, so that a reader sees the old rows or all of the new ones.</summary>
    public static void Write(FileInfo file, IReadOnlyList<ComparisonRow> rows)
    {
        var temporary = Path.Combine(file.DirectoryName!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllText(temporary, "[\n" + string.Join(",\n", rows.Select(Format)) + "\n]\n");
            File.Move(temporary, file.FullName, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>One row; what a peer that is absent would have taken is null.</summary>
    public static string Format(ComparisonRow row)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("suite", row.Suite);
            json.WriteString("name", row.Name);
            json.WriteString("peer", row.Peer);
            json.WriteNumber("ours_ms", Math.Round(row.OursMs, 7));
            Write(json, "peer_ms", row.PeerMs, 7);
            Write(json, "ratio", row.Ratio, 4);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is { } number)
            json.WriteNumber(name, Math.Round(number, digits));
        else
            json.WriteNull(name);
    }
}
