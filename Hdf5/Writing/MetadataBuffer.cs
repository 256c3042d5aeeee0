namespace GpuKeras.Hdf5.Writing;

/// <summary>The part of a file before the data; room is reserved first and written to when the addresses in it are known.</summary>
internal sealed class MetadataBuffer
{
    private byte[] bytes = new byte[4096];
    private int length;

    /// <summary>Everything that was reserved.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <summary>Reserves zeros and gives their address.</summary>
    public long Reserve(int count)
    {
        var address = length;
        length = checked(length + count + 7) & ~7;
        if (length > bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(length, bytes.Length * 2L), Array.MaxLength));
        return address;
    }

    /// <summary>Writes at an address.</summary>
    public ByteWriter At(long address) => new(bytes.AsSpan((int)address, length - (int)address));
}
