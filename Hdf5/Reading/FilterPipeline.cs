using System.Buffers.Binary;
using System.IO.Compression;

namespace GpuKeras.Hdf5.Reading;

/// <summary>What was done to the chunks of a dataset before they were stored, undone in reverse order.</summary>
/// <remarks>Format: "HDF5 File Format Specification", section IV.A.2.l, versions 1 and 2.</remarks>
internal sealed class FilterPipeline
{
    private const int Deflate = 1, Shuffle = 2, Fletcher32 = 3;

    private readonly FileView file;
    private readonly List<(int Id, int ElementBytes)> filters = [];

    private FilterPipeline(FileView file, HeaderMessage? message)
    {
        this.file = file;
        if (message is { } found)
            Read(found);
    }

    /// <summary>Whether there is nothing to undo.</summary>
    public bool IsEmpty => filters.Count == 0;

    /// <summary>Reads the filters of a dataset.</summary>
    public static FilterPipeline Read(FileView file, ObjectHeader header) => new(file, header.Find(MessageType.FilterPipeline));

    /// <summary>How many bytes one stored byte may become.</summary>
    public int ExpansionOf(uint mask) => Applied(mask).Any(static filter => filter.Id == Deflate) ? file.Limits.MaxExpansion : 1;

    /// <summary>Undoes the filters.</summary>
    /// <param name="chunk">What was stored.</param>
    /// <param name="mask">A bit for each filter that was left out for this chunk.</param>
    /// <param name="bytes">The size of the chunk.</param>
    /// <param name="address">Where the chunk lies.</param>
    public byte[] Undo(byte[] chunk, uint mask, int bytes, long address)
    {
        foreach (var (id, elementBytes) in Applied(mask).Reverse())
            chunk = id switch
            {
                Deflate => Inflate(chunk, bytes, address),
                Shuffle => Unshuffle(chunk, elementBytes),
                _ => RemoveChecksum(chunk, address),
            };
        return chunk.Length == bytes
            ? chunk
            : throw file.Error(address, $"a chunk must have {bytes} bytes; it has {chunk.Length}", "copy or download the file again");
    }

    private IEnumerable<(int Id, int ElementBytes)> Applied(uint mask) => filters.Where((_, i) => (mask >> i & 1) == 0);

    private void Read(HeaderMessage message)
    {
        const int MostFilters = 32, FirstNamed = 256;
        var cursor = message.Cursor(file);
        var version = cursor.Version(1, 2, "a list of filters");
        var count = cursor.U8();
        cursor.Skip(version == 1 ? 6 : 0);
        if (count > MostFilters)
            throw file.Error(message.Address, $"a dataset has at most {MostFilters} filters; this one has {count}");
        for (var i = 0; i < count; i++)
        {
            var at = cursor.Address;
            int id = cursor.U16();
            var nameBytes = version == 1 || id >= FirstNamed ? cursor.U16() : 0;
            cursor.Skip(sizeof(ushort));
            int values = cursor.U16();
            cursor.Skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
            var first = values > 0 ? cursor.U32() : 0;
            cursor.Skip(sizeof(uint) * (Math.Max(values - 1, 0) + (version == 1 ? values % 2 : 0)));
            Add(id, first, at);
        }
    }

    private void Add(int id, uint value, long address)
    {
        if (id is < Deflate or > Fletcher32)
            throw file.Error(address, $"the filter {id} is not read", "save the file without compression, or with gzip, shuffle and fletcher32");
        // Each once, so that a chunk cannot be unpacked over and over.
        if (filters.Exists(filter => filter.Id == id))
            throw file.Error(address, $"the filter {id} comes twice");
        if (id == Shuffle && value is 0 or > int.MaxValue)
            throw file.Error(address, $"shuffled elements cannot have {value} bytes");
        filters.Add((id, (int)value));
    }

    private byte[] Inflate(byte[] packed, int bytes, long address)
    {
        try
        {
            // A checksum that was packed with the data adds four bytes.
            var unpacked = new byte[bytes + sizeof(uint)];
            using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var count = stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            if (count == unpacked.Length && stream.ReadByte() >= 0)
                throw file.Error(address, $"a packed chunk holds more than the {bytes} bytes that it should");
            return count == unpacked.Length ? unpacked : unpacked[..count];
        }
        catch (InvalidDataException error)
        {
            throw file.Error(address, $"a packed chunk cannot be unpacked ({error.Message.TrimEnd('.')})", "copy or download the file again", error);
        }
    }

    private byte[] RemoveChecksum(byte[] summed, long address)
    {
        if (summed.Length < sizeof(uint))
            throw file.Error(address, $"a chunk with a checksum must have {sizeof(uint)} bytes; it has {summed.Length}");
        var chunk = summed[..^sizeof(uint)];
        var written = BinaryPrimitives.ReadUInt32LittleEndian(summed.AsSpan(chunk.Length));
        var found = Checksums.Fletcher32(chunk);
        return found == written
            ? chunk
            : throw file.Error(address, $"the checksum of a chunk is {found:x8}, but {written:x8} was written", "copy or download the file again");
    }

    private static byte[] Unshuffle(byte[] shuffled, int elementBytes)
    {
        var count = shuffled.Length / elementBytes;
        if (elementBytes == 1 || count <= 1)
            return shuffled;
        var chunk = new byte[shuffled.Length];
        for (var part = 0; part < elementBytes; part++)
            for (var i = 0; i < count; i++)
                chunk[i * elementBytes + part] = shuffled[part * count + i];
        // Bytes beyond the last whole element stay where they are.
        shuffled.AsSpan(count * elementBytes).CopyTo(chunk.AsSpan(count * elementBytes));
        return chunk;
    }
}
