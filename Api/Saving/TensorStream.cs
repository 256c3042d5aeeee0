using System.Buffers;

namespace GpuKeras.Saving;

/// <summary>Moves the elements of tensors between streams and devices, piece by piece.</summary>
internal static class TensorStream
{
    // A multiple of every element size, large enough that a device's cost per copy does not count.
    private const int PieceBytes = 1 << 20;

    /// <summary>The number of bytes that an array takes in a file.</summary>
    /// <exception cref="FileFormatException">There is no such number, or no tensor has this shape.</exception>
    public static long CountBytes(string file, ReadOnlySpan<long> sizes, int elementBytes)
    {
        try
        {
            long elements = 1;
            var isEmpty = false;
            foreach (var size in sizes)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(size);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(size, int.MaxValue);
                isEmpty |= size == 0;
                elements = checked(elements * Math.Max(size, 1));
            }
            // Eight bytes an element, because a narrow type may be widened.
            _ = checked(elements * sizeof(long));
            return isEmpty ? 0 : elements * elementBytes;
        }
        catch (Exception error) when (error is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FileFormatException(file, $"shape [{string.Join(", ", sizes.ToArray())}] is impossible", innerException: error);
        }
    }

    /// <summary>Reads the elements of a new tensor.</summary>
    /// <param name="stream">Stands at the first element.</param>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="encoding">How the file holds the elements; it has a target dtype.</param>
    /// <exception cref="FileFormatException">The stream ends too early.</exception>
    public static Tensor Read(Stream stream, string file, in Shape shape, ElementEncoding encoding)
    {
        var tensor = Tensor.Empty(shape, encoding.Target!.Value, Device.Current);
        var source = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var target = ArrayPool<byte>.Shared.Rent(PieceBytes * sizeof(long));
        try
        {
            var targetBytes = tensor.DType.SizeBytes();
            var pieceElements = PieceBytes / encoding.SizeBytes;
            for (long first = 0; first < tensor.Size; first += pieceElements)
            {
                var count = (int)Math.Min(pieceElements, tensor.Size - first);
                var encoded = source.AsSpan(0, count * encoding.SizeBytes);
                var decoded = target.AsSpan(0, count * targetBytes);
                ReadExactly(stream, encoded, file, first * encoding.SizeBytes, tensor.Size * encoding.SizeBytes);
                encoding.Decode(encoded, decoded);
                tensor.UploadBytes(decoded, first * targetBytes);
            }
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(source);
            ArrayPool<byte>.Shared.Return(target);
        }
    }

    /// <summary>Writes a tensor's elements in row-major order.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var bytes = tensor.Size * tensor.DType.SizeBytes();
            for (long first = 0; first < bytes; first += PieceBytes)
            {
                var piece = buffer.AsSpan(0, (int)Math.Min(PieceBytes, bytes - first));
                tensor.DownloadBytes(first, piece);
                stream.Write(piece);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Fills a span, or says how much of the data is there.</summary>
    public static void ReadExactly(Stream stream, Span<byte> target, string file, long before, long total)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
            throw Truncated(file, before + read, total);
    }

    /// <summary>The error for data that ends too early.</summary>
    public static FileFormatException Truncated(string file, long found, long expected) =>
        new(file, $"the data ends too early: {found} of {expected} bytes are there", "copy or download the file again");
}
