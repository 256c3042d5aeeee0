using System.Globalization;

namespace GpuKeras.Callbacks;

/// <summary>Writes the values of each epoch as a line of a CSV file: <c>epoch</c>, then the values in the order of their names.</summary>
/// <remarks>
/// The columns are those of the first epoch written; a value missing later is <c>NA</c>. Numbers are written with a decimal point
/// whatever the culture. Each line is written whole, and the file is closed in between.
/// </remarks>
/// <param name="filename">The file.</param>
/// <param name="separator">Stands between values.</param>
/// <param name="append">Whether an existing file is continued instead of overwritten.</param>
public sealed class CSVLogger(string filename, string separator = ",", bool append = false) : Callback
{
    // RFC 4180, and what Keras writes.
    private const string LineEnd = "\r\n";

    private readonly HashSet<string> leftOut = [];
    private List<string>? columns;
    private bool needsHeader;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnTrainBegin()
    {
        columns = null;
        needsHeader = !append || !File.Exists(filename) || new FileInfo(filename).Length == 0;
        // Opened now, so that a path that cannot be written ends training before it starts.
        using var file = new FileStream(filename, needsHeader ? FileMode.Create : FileMode.Append, FileAccess.Write);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (columns is null)
        {
            columns = [.. logs.Keys];
            if (needsHeader)
                Write(["epoch", .. columns]);
        }
        foreach (var name in logs.Keys)
            if (!columns.Contains(name) && leftOut.Add(name))
                Warnings.Write($"CSVLogger: '{name}' came after the header of {filename} was written and is left out.");
        var row = new List<string> { epoch.ToString(CultureInfo.InvariantCulture) };
        foreach (var name in columns)
            row.Add(logs.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA");
        Write(row);
    }

    private void Write(IEnumerable<string> fields) =>
        File.AppendAllText(filename, string.Join(separator, fields.Select(Quoted)) + LineEnd);

    private string Quoted(string field) => field.Contains(separator, StringComparison.Ordinal) || field.AsSpan().ContainsAny('"', '\r', '\n')
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
