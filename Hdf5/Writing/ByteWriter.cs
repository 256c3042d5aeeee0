using System.Buffers.Binary;

namespace GpuKeras.Hdf5.Writing;

/// <summary>Writes little-endian fields one after the other.</summary>
internal ref struct ByteWriter(Span<byte> bytes)
{
    /// <summary>The address that stands for none.</summary>
    public const long Undefined = -1;

    private readonly Span<byte> bytes = bytes;

    /// <summary>The number of bytes written.</summary>
    public int Position { get; private set; }

    public void U8(int value) => Take(1)[0] = (byte)value;

    public void U16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), checked((ushort)value));

    public void U32(long value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), checked((uint)value));

    public void I64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Leaves zeros.</summary>
    public void Skip(int count) => Take(count);

    /// <summary>Leaves zeros up to a multiple of 8.</summary>
    public void Align() => Take(-Position & 7);

    private Span<byte> Take(int count)
    {
        var taken = bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
