using System.Buffers.Binary;
using System.Numerics;

namespace GpuKeras.Hdf5.Reading;

/// <summary>The checksums of the format.</summary>
internal static class Checksums
{
    /// <summary>Bob Jenkins' lookup3 ("hashlittle" with initial value 0), of the format's own blocks.</summary>
    /// <remarks>Source: https://burtleburtle.net/bob/c/lookup3.c.</remarks>
    public static uint Lookup3(ReadOnlySpan<byte> bytes)
    {
        const int BlockBytes = 12;
        uint a, b, c;
        a = b = c = 0xdeadbeef + (uint)bytes.Length;
        while (bytes.Length > BlockBytes)
        {
            Add(bytes, ref a, ref b, ref c);
            a -= c; a ^= BitOperations.RotateLeft(c, 4); c += b;
            b -= a; b ^= BitOperations.RotateLeft(a, 6); a += c;
            c -= b; c ^= BitOperations.RotateLeft(b, 8); b += a;
            a -= c; a ^= BitOperations.RotateLeft(c, 16); c += b;
            b -= a; b ^= BitOperations.RotateLeft(a, 19); a += c;
            c -= b; c ^= BitOperations.RotateLeft(b, 4); b += a;
            bytes = bytes[BlockBytes..];
        }
        if (bytes.IsEmpty)
            return c;
        Span<byte> last = stackalloc byte[BlockBytes];
        last.Clear();
        bytes.CopyTo(last);
        Add(last, ref a, ref b, ref c);
        c ^= b; c -= BitOperations.RotateLeft(b, 14);
        a ^= c; a -= BitOperations.RotateLeft(c, 11);
        b ^= a; b -= BitOperations.RotateLeft(a, 25);
        c ^= b; c -= BitOperations.RotateLeft(b, 16);
        a ^= c; a -= BitOperations.RotateLeft(c, 4);
        b ^= a; b -= BitOperations.RotateLeft(a, 14);
        c ^= b; c -= BitOperations.RotateLeft(b, 24);
        return c;
    }

    /// <summary>Fletcher's sum over big-endian 16-bit words, of filtered chunks.</summary>
    public static uint Fletcher32(ReadOnlySpan<byte> bytes)
    {
        // So many additions cannot overflow.
        const int Words = 360;
        uint low = 0, high = 0;
        var isOdd = bytes.Length % 2 != 0;
        var words = bytes[..^(isOdd ? 1 : 0)];
        while (!words.IsEmpty)
        {
            var count = Math.Min(Words, words.Length / 2);
            for (var i = 0; i < count; i++)
            {
                low += BinaryPrimitives.ReadUInt16BigEndian(words[(2 * i)..]);
                high += low;
            }
            words = words[(2 * count)..];
            (low, high) = (Fold(low), Fold(high));
        }
        if (isOdd)
        {
            low += (uint)bytes[^1] << 8;
            high += low;
            (low, high) = (Fold(low), Fold(high));
        }
        return Fold(high) << 16 | Fold(low);

        static uint Fold(uint sum) => (sum & 0xffff) + (sum >> 16);
    }

    private static void Add(ReadOnlySpan<byte> block, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(block);
        b += BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
    }
}
