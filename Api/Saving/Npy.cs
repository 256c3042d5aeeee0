namespace GpuKeras.Saving;

/// <summary>Reads and writes a tensor as a NumPy array file, <c>.npy</c>.</summary>
/// <remarks>
/// Format versions 1.0 to 3.0. Read: float16/32/64, int8/16/32/64, uint8/16/32 and bool of either byte order, row-major or Fortran
/// order. Types that tensors lack become the next wider one that holds every value: float16 → float32; int8, int16, uint16 → int32;
/// uint32 → int64. Written: version 1.0, row-major, little-endian.
/// </remarks>
public static class Npy
{
    /// <summary>Reads an array.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The file is not an array that a tensor can hold, or it is damaged.</exception>
    public static Tensor Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return Read(stream, path, stream.Length);
    }

    /// <summary>Writes an array, replacing the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensor">The values.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    public static void Save(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        AtomicFile.Write(path, stream => Write(stream, tensor));
    }

    /// <summary>Reads one array that fills the whole stream.</summary>
    /// <param name="stream">Stands at the start of the array.</param>
    /// <param name="file">The name for errors.</param>
    /// <param name="lengthBytes">The number of bytes that the stream has.</param>
    internal static Tensor Read(Stream stream, string file, long lengthBytes)
    {
        var header = NpyHeader.Read(stream, file);
        var available = lengthBytes - header.HeadBytes;
        if (available < header.DataBytes)
            throw TensorStream.Truncated(file, available, header.DataBytes);
        if (available > header.DataBytes)
            throw new FileFormatException(file, $"{available - header.DataBytes} bytes follow the array of shape {header.Shape}");
        if (!header.IsFortranOrder)
            return TensorStream.Read(stream, file, header.Shape, header.Encoding);
        // The bytes are those of a row-major array with the axes reversed.
        var sizes = header.Shape.ToArray();
        Array.Reverse(sizes);
        using var reversed = TensorStream.Read(stream, file, new Shape(sizes), header.Encoding);
        return reversed.Transpose();
    }

    /// <summary>Writes one array.</summary>
    internal static void Write(Stream stream, Tensor tensor)
    {
        NpyHeader.Write(stream, tensor);
        TensorStream.Write(stream, tensor);
    }
}
