using System.Buffers.Binary;

namespace GpuKeras.Hdf5.Reading;

/// <summary>Reads little-endian fields one after the other; it knows where in the file it stands.</summary>
internal ref struct ByteCursor(FileView file, ReadOnlyMemory<byte> bytes, long address)
{
    private readonly ReadOnlySpan<byte> span = bytes.Span;
    private int position;

    /// <summary>The address of the next byte.</summary>
    public readonly long Address => address + position;

    /// <summary>The number of bytes left.</summary>
    public readonly int Remaining => span.Length - position;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>An unsigned number of 1 to 8 bytes.</summary>
    public ulong Unsigned(int bytes)
    {
        ulong value = 0;
        var field = Take(bytes);
        for (var i = bytes - 1; i >= 0; i--)
            value = value << 8 | field[i];
        return value;
    }

    /// <summary>A size or count of the width that the file has chosen.</summary>
    public long Length() => Length(file.LengthBytes);

    /// <summary>A size or count.</summary>
    public long Length(int bytes)
    {
        var start = Address;
        var value = Unsigned(bytes);
        return value <= long.MaxValue ? (long)value : throw file.Error(start, $"a size of {value} is impossible");
    }

    /// <summary>An address, or null if it is undefined.</summary>
    public FilePointer? Pointer()
    {
        var from = Address;
        var value = Unsigned(file.OffsetBytes);
        if (value == ulong.MaxValue >> (64 - 8 * file.OffsetBytes))
            return null;
        return value < (ulong)file.End
            ? new FilePointer((long)value, from)
            : throw file.Error(from, $"the address {value} lies outside the file of {file.End} bytes", "copy or download the file again");
    }

    /// <summary>An address that must be there.</summary>
    public FilePointer Pointer(string what)
    {
        var from = Address;
        return Pointer() ?? throw file.Error(from, $"the address of {what} is undefined");
    }

    /// <summary>The next bytes, which stay valid.</summary>
    public ReadOnlyMemory<byte> Slice(long length)
    {
        var start = position;
        Take(length);
        return bytes.Slice(start, (int)length);
    }

    public void Skip(long length) => Take(length);

    /// <summary>Skips to a multiple of 8 bytes from the start.</summary>
    public void Align() => Skip(Math.Min(-position & 7, Remaining));

    /// <summary>Checks the four characters that a block begins with.</summary>
    public void Signature(ReadOnlySpan<byte> expected, string what)
    {
        if (!Take(expected.Length).SequenceEqual(expected))
            throw file.Error(address, $"{what} must begin with '{System.Text.Encoding.ASCII.GetString(expected)}'");
    }

    /// <summary>Checks a version.</summary>
    public byte Version(int lowest, int highest, string what)
    {
        var found = U8();
        if (found >= lowest && found <= highest)
            return found;
        throw file.Error(Address - 1, $"version {found} of {what} is not known; known is {(lowest == highest ? $"{lowest}" : $"{lowest} to {highest}")}");
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > Remaining)
            throw file.Error(Address, $"a field of {length} bytes does not fit the {Remaining} that are left of its block");
        var taken = span.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }
}
