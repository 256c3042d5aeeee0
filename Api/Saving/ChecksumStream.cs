namespace GpuKeras.Saving;

/// <summary>Reads a stream and computes the CRC-32 of what was read.</summary>
internal sealed class ChecksumStream(Stream inner) : ReadOnlyStream
{
    /// <summary>The checksum of the bytes read so far.</summary>
    public uint Checksum { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Checksum = Crc32.Append(Checksum, buffer[..count]);
        return count;
    }
}
