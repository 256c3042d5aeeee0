using System.Buffers.Binary;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Changes the JSON of a safetensors file and its length with it, or any bytes.</summary>
/// <param name="others">Files that pieces are taken from.</param>
internal sealed class SafetensorsMutator(IReadOnlyList<byte[]> others) : IMutator
{
    private readonly ByteMutator bytes = new(others);
    private readonly JsonMutator json = new([.. others.Select(static file => HeaderOf(file)!)]);

    /// <inheritdoc/>
    public byte[] Mutate(Random random, byte[] input)
    {
        if (random.Next(3) == 0 || HeaderOf(input) is not { } header)
            return bytes.Mutate(random, input);
        var changed = json.Mutate(random, header);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, changed.Length);
        return [.. length, .. changed, .. input.AsSpan(sizeof(long) + header.Length)];
    }

    private static byte[]? HeaderOf(byte[] file)
    {
        if (file.Length < sizeof(long) || BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length > (ulong)(file.Length - sizeof(long)))
            return null;
        return file[sizeof(long)..(sizeof(long) + (int)length)];
    }
}
