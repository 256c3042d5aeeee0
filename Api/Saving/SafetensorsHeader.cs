using System.Text.Json;
using GpuKeras.Kernels;

namespace GpuKeras.Saving;

/// <summary>Reads the JSON header of a safetensors file and checks all that can be checked without the data.</summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    // The header is an object of objects with arrays in them.
    private const int MaxJsonDepth = 3;

    private readonly string file;
    private readonly List<SafetensorsEntry> entries = [];
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(string file) => this.file = file;

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => entries;

    /// <summary>The writer's remarks.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Reads a header.</summary>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="json">The header.</param>
    /// <param name="dataBytes">The number of bytes after it.</param>
    /// <exception cref="FileFormatException">It is not a valid header for so much data.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long dataBytes)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            header.Read(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new FileFormatException(file, $"the header is not the JSON of a safetensors file ({error.Message.TrimEnd('.')})", innerException: error);
        }
        header.CheckLayout(dataBytes);
        return header;
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextName(ref reader) is { } name)
        {
            if (!names.Add(name))
                throw new FileFormatException(file, $"the name '{name}' comes twice");
            if (name == MetadataKey)
                ReadMetadata(ref reader);
            else
                entries.Add(ReadEntry(ref reader, name));
        }
        // Anything but white space after the object is an error of the JSON.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextName(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            metadata[key] = reader.GetString()!;
        }
    }

    private SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? sizes = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextName(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString();
                    break;
                case "shape" when sizes is null: sizes = ReadIntegers(ref reader); break;
                case "data_offsets" when offsets is null: offsets = ReadIntegers(ref reader); break;
                default: throw new FileFormatException(file, $"tensor '{name}': the entry '{key}' is unknown or comes twice");
            }
        }
        if (type is null || sizes is null || offsets is not [var start, var end])
            throw new FileFormatException(file, $"tensor '{name}': must have dtype, shape and two data_offsets");
        if (SafetensorsTypes.Find(type) is not { } encoding)
            throw new FileFormatException(file, $"tensor '{name}': dtype {type} cannot be read", $"known are {SafetensorsTypes.Names}");
        var bytes = TensorStream.CountBytes($"{file}: {name}", sizes, encoding.SizeBytes);
        if (sizes.Length > Extents.MaxRank)
            throw new FileFormatException(file, $"tensor '{name}': a tensor has at most {Extents.MaxRank} axes; this one has {sizes.Length}");
        if (start < 0 || end < start || end - start != bytes)
            throw new FileFormatException(
                file, $"tensor '{name}': {type} [{string.Join(", ", sizes)}] has {bytes} bytes, but data_offsets are {start} and {end}");
        return new SafetensorsEntry(name, encoding, new Shape(Array.ConvertAll(sizes, static size => (int)size)), start, end);
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader)
    {
        var values = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(reader.GetInt64());
        return [.. values];
    }

    private static string? NextName(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        if (!reader.Read() || reader.TokenType != wanted)
            throw new JsonException($"{wanted} is expected at byte {reader.TokenStartIndex}, found {reader.TokenType}");
    }

    /// <summary>The tensors must fill the data exactly: no overlaps, no holes, nothing behind them.</summary>
    private void CheckLayout(long dataBytes)
    {
        long filled = 0;
        foreach (var entry in entries.OrderBy(static entry => entry.Start).ThenBy(static entry => entry.End))
        {
            if (entry.End > dataBytes)
                throw new FileFormatException(
                    file, $"tensor '{entry.Name}' ends at byte {entry.End} of the data, but there are {dataBytes}", "copy or download the file again");
            if (entry.Start < filled)
                throw new FileFormatException(file, $"tensor '{entry.Name}' starts at byte {entry.Start} of the data, within the one before it");
            if (entry.Start > filled)
                throw new FileFormatException(file, $"bytes {filled} to {entry.Start} of the data belong to no tensor");
            filled = entry.End;
        }
        if (filled < dataBytes)
            throw new FileFormatException(file, $"{dataBytes - filled} bytes follow the last tensor");
    }
}
