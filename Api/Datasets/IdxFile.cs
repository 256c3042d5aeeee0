using System.Buffers.Binary;
using System.IO.Compression;
using GpuKeras.Kernels;
using GpuKeras.Saving;

namespace GpuKeras.Datasets;

/// <summary>Reads gzipped IDX files, the format of MNIST; data/mnist/README.md describes it.</summary>
internal static class IdxFile
{
    private const int MagicBytes = 4;

    // Of a gzip file: checksum and length, four bytes each.
    private const int TrailerBytes = 8;

    // Deflate makes at most 1032 bytes of one; a file that promises more must not make us allocate what it promises.
    private const long MaxDeflateRatio = 1032;

    private const string CopyAgain = "copy or download the file again";

    /// <summary>Reads an array.</summary>
    /// <exception cref="FileFormatException">The file is not a gzipped IDX file, or it is damaged.</exception>
    public static Tensor Read(string path)
    {
        using var file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        try
        {
            var summed = new ChecksumStream(unpacked);
            var tensor = Read(summed, path, file.Length);
            CheckTrailer(file, path, summed.Checksum);
            return tensor;
        }
        catch (InvalidDataException error)
        {
            throw new FileFormatException(path, $"not a gzip file, or a damaged one ({error.Message.TrimEnd('.')})", CopyAgain, error);
        }
    }

    private static Tensor Read(ChecksumStream stream, string path, long packedBytes)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        TensorStream.ReadExactly(stream, magic, path, 0, MagicBytes);
        if (magic[0] != 0 || magic[1] != 0)
            throw new FileFormatException(path, $"not an IDX file: the first two bytes must be 0, not {magic[0]} and {magic[1]}");
        var encoding = EncodingOf(magic[2], path);
        int rank = magic[3];
        if (rank > Extents.MaxRank)
            throw new FileFormatException(path, $"a tensor has at most {Extents.MaxRank} axes; the file has {rank}");
        var shape = ReadShape(stream, path, rank, encoding.SizeBytes, out var bytes);
        if (bytes / MaxDeflateRatio > packedBytes)
            throw new FileFormatException(path, $"{bytes} bytes of shape {shape} cannot come from a file of {packedBytes} bytes", CopyAgain);
        var tensor = TensorStream.Read(stream, path, shape, encoding);
        CheckEnd(stream, path, shape);
        return tensor;
    }

    private static ElementEncoding EncodingOf(byte type, string path) => type switch
    {
        0x08 => new(ElementKind.Unsigned, 1),
        0x09 => new(ElementKind.Signed, 1),
        0x0B => new(ElementKind.Signed, 2, IsBigEndian: true),
        0x0C => new(ElementKind.Signed, 4, IsBigEndian: true),
        0x0D => new(ElementKind.Float, 4, IsBigEndian: true),
        0x0E => new(ElementKind.Float, 8, IsBigEndian: true),
        _ => throw new FileFormatException(path, $"IDX element type 0x{type:X2} is not known"),
    };

    private static Shape ReadShape(Stream stream, string path, int rank, int elementBytes, out long bytes)
    {
        Span<byte> encoded = stackalloc byte[Extents.MaxRank * sizeof(int)];
        encoded = encoded[..(rank * sizeof(int))];
        TensorStream.ReadExactly(stream, encoded, path, MagicBytes, MagicBytes + encoded.Length);
        Span<long> sizes = stackalloc long[rank];
        Span<int> known = stackalloc int[rank];
        for (var axis = 0; axis < rank; axis++)
            sizes[axis] = BinaryPrimitives.ReadUInt32BigEndian(encoded[(axis * sizeof(int))..]);
        bytes = TensorStream.CountBytes(path, sizes, elementBytes);
        for (var axis = 0; axis < rank; axis++)
            known[axis] = (int)sizes[axis];
        return new Shape(known);
    }

    // GZipStream does not notice that a file ends before its checksum.
    private static void CheckTrailer(FileStream file, string path, uint checksum)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Seek(-TrailerBytes, SeekOrigin.End);
        TensorStream.ReadExactly(file, trailer, path, 0, TrailerBytes);
        var written = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (written != checksum)
            throw new FileFormatException(path, $"the checksum is {checksum:x8}, but the file ends with {written:x8}", CopyAgain);
    }

    private static void CheckEnd(Stream stream, string path, in Shape shape)
    {
        Span<byte> more = stackalloc byte[1];
        if (stream.Read(more) != 0)
            throw new FileFormatException(path, $"there is more data after the array of shape {shape}");
    }
}
