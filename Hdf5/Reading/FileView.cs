namespace GpuKeras.Hdf5.Reading;

/// <summary>The bytes of an open file by address, with its limits and with what has been read for which purpose.</summary>
internal sealed class FileView(Stream stream, string name, Hdf5Limits limits)
{
    private readonly Regions regions = new();
    private readonly GlobalHeap heap = new();
    private long unstoredBytes;

    /// <summary>What the file may ask for.</summary>
    public Hdf5Limits Limits => limits;

    /// <summary>Strings of any length.</summary>
    public GlobalHeap Heap => heap;

    /// <summary>Where address 0 lies in the stream.</summary>
    public long Base { get; set; }

    /// <summary>The address after the last byte.</summary>
    public long End { get; set; } = stream.Length;

    /// <summary>The number of bytes of an address.</summary>
    public int OffsetBytes { get; set; } = sizeof(long);

    /// <summary>The number of bytes of a length.</summary>
    public int LengthBytes { get; set; } = sizeof(long);

    /// <summary>Node sizes of the groups' and chunks' trees.</summary>
    public TreeSizes TreeSizes { get; set; } = TreeSizes.Default;

    /// <summary>The error that names the file and a position.</summary>
    public Hdf5Exception Error(long address, string problem, string? hint = null, Exception? inner = null) =>
        new(name, address > long.MaxValue - Base ? long.MaxValue : Base + address, problem, hint, inner);

    /// <summary>Gives a part of the file its one purpose.</summary>
    /// <exception cref="Hdf5Exception">It is not in the file, or some of it serves another purpose.</exception>
    public void Claim(FilePointer pointer, long length, string what)
    {
        if (pointer.Address < 0 || length < 0 || length > End || pointer.Address > End - length)
            throw Error(
                pointer.From,
                $"{what} would take {length} bytes from byte {pointer.Address}, but the file has {End}",
                "copy or download the file again");
        if (!regions.TryAdd(pointer, length, out var other))
            throw Error(
                pointer.From,
                $"{what} would take the bytes from {pointer.Address} to {pointer.Address + length}, but those from {other.Start} to {other.End} serve another purpose");
    }

    /// <summary>Reads a block that has one purpose.</summary>
    public byte[] ReadBlock(FilePointer pointer, long length, string what)
    {
        if (length > limits.MaxBlockBytes)
            throw Error(pointer.From, $"{what} would have {length} bytes; at most {limits.MaxBlockBytes} are read");
        Claim(pointer, length, what);
        var block = new byte[length];
        Read(pointer.Address, block);
        return block;
    }

    /// <summary>Reads bytes that have been claimed or are about to be.</summary>
    public void Read(long address, Span<byte> target)
    {
        var read = 0;
        if (address >= 0 && address <= End - target.Length)
        {
            stream.Position = Base + address;
            read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        if (read < target.Length)
            throw Error(address, $"{target.Length} bytes are expected, but the file ends at byte {End}", "copy or download the file again");
    }

    /// <summary>A reader of a block's bytes.</summary>
    public ByteCursor Cursor(ReadOnlyMemory<byte> bytes, long address) => new(this, bytes, address);

    /// <summary>Counts data that exists only as a promise, such as values that were never written.</summary>
    /// <exception cref="Hdf5Exception">It is more than a file of this size may become.</exception>
    public void CountUnstored(long address, long bytes)
    {
        var most = Math.Min(limits.MaxExpansion, long.MaxValue / Math.Max(End, 1)) * End;
        if (bytes > most - unstoredBytes)
            throw Error(address, $"{bytes} bytes that are not stored would come from a file of {End} bytes; at most {most} may");
        unstoredBytes += bytes;
    }

    /// <summary>Checks the checksum that ends a block.</summary>
    public void VerifyChecksum(ReadOnlySpan<byte> block, long address, string what)
    {
        var written = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(block[^sizeof(uint)..]);
        var found = Checksums.Lookup3(block[..^sizeof(uint)]);
        if (found != written)
            throw Error(address, $"the checksum of {what} is {found:x8}, but {written:x8} was written", "copy or download the file again");
    }
}
