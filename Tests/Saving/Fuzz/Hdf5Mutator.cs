using System.Buffers.Binary;
using System.Text;
using GpuKeras.Hdf5.Reading;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Changes bytes of HDF5 files, and half of the time writes the checksums anew, so that what lies behind them is reached.</summary>
internal sealed class Hdf5Mutator : IMutator
{
    private static readonly string[] Summed = ["OHDR", "OCHK", "BTHD", "BTLF", "BTIN", "FRHP", "FHIB", "FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB"];

    private readonly ByteMutator bytes;
    private readonly HashSet<(int Start, int Length)> blocks = [];

    public Hdf5Mutator(IReadOnlyList<byte[]> others)
    {
        bytes = new ByteMutator(others);
        foreach (var file in others)
            blocks.UnionWith(BlocksOf(file));
    }

    /// <inheritdoc/>
    public byte[] Mutate(Random random, byte[] input)
    {
        var changed = bytes.Mutate(random, input);
        if (random.Next(2) == 0)
            return changed;
        changed = (byte[])changed.Clone();
        // A superblock of versions 2 and 3 with addresses of 8 bytes.
        if (changed.Length >= 48 && changed[8] is 2 or 3)
            Sum(changed, 0, 48);
        foreach (var (start, length) in blocks)
            if (start + length <= changed.Length && HasSignature(changed, start))
                Sum(changed, start, length);
        return changed;
    }

    /// <summary>Finds the blocks of a good file by trying which lengths have the right checksum.</summary>
    private static IEnumerable<(int Start, int Length)> BlocksOf(byte[] file)
    {
        const int LongestBytes = 2048;
        for (var start = 0; start < file.Length - 8; start++)
        {
            if (!HasSignature(file, start))
                continue;
            for (var length = 8; length <= Math.Min(LongestBytes, file.Length - start); length++)
                if (Checksums.Lookup3(file.AsSpan(start, length - 4)) == BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(start + length - 4)))
                {
                    yield return (start, length);
                    break;
                }
        }
    }

    private static bool HasSignature(byte[] file, int start) =>
        Array.Exists(Summed, signature => file.AsSpan(start).StartsWith(Encoding.ASCII.GetBytes(signature)));

    private static void Sum(byte[] file, int start, int length) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(start + length - 4), Checksums.Lookup3(file.AsSpan(start, length - 4)));
}
