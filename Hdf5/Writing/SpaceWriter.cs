namespace GpuKeras.Hdf5.Writing;

/// <summary>Writes a shape, version 1 of the message.</summary>
internal static class SpaceWriter
{
    /// <summary>The number of bytes of a shape: each axis has its size and the size that it may grow to.</summary>
    public static int BytesOf(IReadOnlyList<long> shape) => 8 + 2 * sizeof(long) * shape.Count;

    /// <summary>Writes a shape.</summary>
    public static void Write(ref ByteWriter writer, IReadOnlyList<long> shape)
    {
        writer.U8(1);
        writer.U8(shape.Count);
        writer.U8(shape.Count == 0 ? 0 : 1);
        writer.Skip(5);
        for (var copy = 0; copy < 2; copy++)
            foreach (var size in shape)
                writer.I64(size);
    }
}
