using System.Buffers.Binary;

namespace GpuKeras.Saving;

/// <summary>An open safetensors file whose header has been checked; tensors are read as they are asked for.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const long MaxHeaderBytes = 100_000_000;

    private readonly string path;
    private readonly FileStream stream;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is not a safetensors file, or it is damaged.</exception>
    public SafetensorsReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
        stream = File.OpenRead(path);
        try
        {
            var headerBytes = ReadHeaderLength();
            var json = new byte[headerBytes];
            TensorStream.ReadExactly(stream, json, path, sizeof(ulong), sizeof(ulong) + headerBytes);
            dataStart = sizeof(ulong) + headerBytes;
            header = SafetensorsHeader.Parse(path, json, stream.Length - dataStart);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => header.Entries;

    /// <summary>The tensors, to be read when they are asked for.</summary>
    public IEnumerable<StoredWeight> Stored =>
        Entries.Select(entry => new StoredWeight(entry.Name, entry.Shape, entry.Encoding, () => Read(entry)));

    /// <summary>The writer's remarks.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Reads one tensor.</summary>
    public Tensor Read(SafetensorsEntry entry)
    {
        stream.Position = dataStart + entry.Start;
        return TensorStream.Read(stream, path, entry.Shape, entry.Encoding);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private long ReadHeaderLength()
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        TensorStream.ReadExactly(stream, prefix, path, 0, sizeof(ulong));
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeaderBytes)
            throw new FileFormatException(path, $"not a safetensors file: the header would have {length} bytes, at most {MaxHeaderBytes} are allowed");
        if ((long)length > stream.Length - sizeof(ulong))
            throw new FileFormatException(
                path, $"the file of {stream.Length} bytes is shorter than its header of {length} bytes", "copy or download the file again");
        return (long)length;
    }
}
