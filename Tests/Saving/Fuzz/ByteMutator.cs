using System.Text;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Changes bytes without knowing what they mean: bits, numbers of any width, lengths, pieces moved and cut.</summary>
/// <param name="others">Inputs that pieces are taken from.</param>
internal sealed class ByteMutator(IReadOnlyList<byte[]> others) : IMutator
{
    // Files grow by what is inserted; several rounds must not make them large.
    private const int MostInsertedBytes = 4096;

    /// <inheritdoc/>
    public byte[] Mutate(Random random, byte[] input)
    {
        if (input.Length == 0)
            return others[random.Next(others.Count)];
        var at = random.Next(input.Length);
        var count = random.Next(1, Math.Min(input.Length - at, 1 << random.Next(13)) + 1);
        switch (random.Next(14))
        {
            case 0 or 1: return Changed(input, copy => copy[at] ^= (byte)(1 << random.Next(8)));
            case 2: return Changed(input, copy => copy[at] = (byte)random.Next(256));
            case 3 or 4 or 5: return WithNumber(random, input, at, InterestingNumbers.Next(random));
            case 6: return WithNumber(random, input, at, random.Next(input.Length + 2));
            case 7: return WithSum(random, input, at);
            case 8: return input[..at];
            case 9: return [.. input.AsSpan(0, at), .. input.AsSpan(at + count)];
            case 10: return Insert(input, random.Next(input.Length), input.AsSpan(at, Math.Min(count, MostInsertedBytes)));
            case 11: return Changed(input, copy => input.AsSpan(at, Math.Min(count, input.Length - at)).CopyTo(copy.AsSpan(random.Next(input.Length - count + 1))));
            case 12: return Spliced(random, input, at);
            default: return WithDigits(random, input, at);
        }
    }

    private static byte[] Changed(byte[] input, Action<byte[]> change)
    {
        var copy = (byte[])input.Clone();
        change(copy);
        return copy;
    }

    /// <summary>Writes a number of 1 to 8 bytes, mostly where a field of that width could be.</summary>
    private static byte[] WithNumber(Random random, byte[] input, int at, long value)
    {
        var bytes = 1 << random.Next(4);
        if (random.Next(2) == 0)
            at &= -bytes;
        var isBigEndian = random.Next(8) == 0;
        return Changed(input, copy =>
        {
            for (var i = 0; i < bytes && at + i < copy.Length; i++)
                copy[at + i] = (byte)(value >> (8 * (isBigEndian ? bytes - 1 - i : i)));
        });
    }

    /// <summary>Makes a number a little larger or smaller, or twice as large.</summary>
    private static byte[] WithSum(Random random, byte[] input, int at)
    {
        at &= -4;
        if (at + 8 > input.Length)
            return input[..^1];
        var value = BitConverter.ToInt64(input, at);
        var other = random.Next(3) switch { 0 => value + random.Next(-16, 17), 1 => value << 1, _ => value >> 1 };
        return Changed(input, copy => BitConverter.TryWriteBytes(copy.AsSpan(at), other));
    }

    private static byte[] Insert(byte[] input, int at, ReadOnlySpan<byte> piece) => [.. input.AsSpan(0, at), .. piece, .. input.AsSpan(at)];

    private byte[] Spliced(Random random, byte[] input, int at)
    {
        var other = others[random.Next(others.Count)];
        var from = random.Next(2) == 0 ? Math.Min(at, other.Length) : random.Next(other.Length + 1);
        return [.. input.AsSpan(0, at), .. other.AsSpan(from)];
    }

    /// <summary>Replaces a number written in digits.</summary>
    private static byte[] WithDigits(Random random, byte[] input, int at)
    {
        var start = input.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
            return input[..at];
        start += at;
        var end = start;
        while (end < input.Length && char.IsAsciiDigit((char)input[end]))
            end++;
        return [.. input.AsSpan(0, start), .. Encoding.ASCII.GetBytes(InterestingNumbers.NextText(random)), .. input.AsSpan(end)];
    }
}
