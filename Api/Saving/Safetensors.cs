using System.Buffers.Binary;
using System.Text.Json;

namespace GpuKeras.Saving;

/// <summary>Reads and writes several tensors by name as a safetensors file.</summary>
/// <remarks>
/// Format: "safetensors" by Hugging Face: the length of a JSON header in eight bytes, the header, the elements, little-endian and
/// row-major. Read: F64, F32, F16, BF16, I64, I32, I16, I8, U32, U16, U8, BOOL; types that tensors lack become the next wider one that
/// holds every value. Everything that the header promises is checked before anything is allocated for it.
/// </remarks>
public static class Safetensors
{
    private const int AlignmentBytes = 8;

    /// <summary>Reads all tensors by name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is not a safetensors file, or it is damaged.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var reader = new SafetensorsReader(path);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var entry in reader.Entries)
            tensors.Add(entry.Name, reader.Read(entry));
        return tensors;
    }

    /// <summary>Reads the writer's remarks, which have no effect on the tensors.</summary>
    /// <inheritdoc cref="Load"/>
    public static IReadOnlyDictionary<string, string> LoadMetadata(string path)
    {
        using var reader = new SafetensorsReader(path);
        return reader.Metadata;
    }

    /// <summary>Writes tensors, replacing the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Remarks to keep with them.</param>
    /// <exception cref="ArgumentException">A name is empty, reserved, or comes twice.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        // Wide elements first, so that every tensor is aligned to its own element size.
        var ordered = tensors.OrderByDescending(static pair => pair.Value.DType.SizeBytes()).ToList();
        CheckNames(ordered);
        var header = WriteHeader(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in ordered)
                TensorStream.Write(stream, tensor);
        });
    }

    private static void CheckNames(List<KeyValuePair<string, Tensor>> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (var (name, _) in tensors)
            if (string.IsNullOrEmpty(name) || !names.Add(name))
                throw new ArgumentException($"Safetensors.Save: each tensor needs a name of its own, other than __metadata__; got '{name}'", nameof(tensors));
    }

    private static byte[] WriteHeader(List<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            long start = 0;
            foreach (var (name, tensor) in tensors)
                start = WriteEntry(json, name, tensor, start);
            json.WriteEndObject();
        }
        while ((sizeof(ulong) + buffer.Length) % AlignmentBytes != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long start)
    {
        var end = start + tensor.Size * tensor.DType.SizeBytes();
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.DType));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape.Span)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
