namespace GpuKeras.Hdf5.Writing;

/// <summary>The global heap: collections of numbered strings, begun as strings come.</summary>
internal sealed class StringHeap(MetadataBuffer buffer)
{
    private const int SmallestBytes = 4096, HeadBytes = 16;

    private long address;
    private int index;
    private int used;
    private int size;

    /// <summary>Adds a string, and writes its reference: length, collection, number.</summary>
    public void Add(ReadOnlySpan<byte> text, ref ByteWriter reference)
    {
        if (text.IsEmpty)
        {
            // The empty string has no place; all of its reference is zero.
            reference.Skip(16);
            return;
        }
        var needed = HeadBytes + ((text.Length + 7) & ~7);
        if (needed > size - used)
            Begin(Math.Max(SmallestBytes, HeadBytes + needed));
        index++;
        WriteObject(address + used, index, text.Length, text);
        used += needed;
        WriteFreeSpace();
        reference.U32(text.Length);
        reference.I64(address);
        reference.U32(index);
    }

    private void Begin(int bytes)
    {
        address = buffer.Reserve(bytes);
        (index, used, size) = (0, HeadBytes, bytes);
        var writer = buffer.At(address);
        writer.Bytes("GCOL"u8);
        writer.U8(1);
        writer.Skip(3);
        writer.I64(bytes);
    }

    /// <summary>What is left is object 0, if it has room for its head; the next string takes its place.</summary>
    private void WriteFreeSpace()
    {
        if (size - used >= HeadBytes)
            WriteObject(address + used, 0, size - used, default);
    }

    private void WriteObject(long at, int number, long bytes, ReadOnlySpan<byte> content)
    {
        var writer = buffer.At(at);
        writer.U16(number);
        writer.Skip(6);
        writer.I64(bytes);
        writer.Bytes(content);
    }
}
