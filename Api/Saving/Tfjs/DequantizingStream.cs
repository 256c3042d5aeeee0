using System.Buffers.Binary;

namespace GpuKeras.Saving;

/// <summary>Quantised numbers as little-endian float32.</summary>
/// <remarks>As in TensorFlow.js the product and the sum are in double precision, and only the result is rounded.</remarks>
internal sealed class DequantizingStream(Stream source, int sizeBytes, TfjsQuantization quantization) : ReadOnlyStream
{
    private const int PieceElements = 1 << 14;

    private readonly byte[] piece = new byte[PieceElements * sizeBytes];

    /// <inheritdoc/>
    /// <remarks>Whole floats only: the end of a buffer that has no room for one stays as it is.</remarks>
    public override int Read(Span<byte> buffer)
    {
        var wanted = Math.Min(buffer.Length / sizeof(float), PieceElements);
        var found = source.ReadAtLeast(piece.AsSpan(0, wanted * sizeBytes), wanted * sizeBytes, throwOnEndOfStream: false) / sizeBytes;
        for (var i = 0; i < found; i++)
        {
            var number = sizeBytes == 1 ? piece[i] : BinaryPrimitives.ReadUInt16LittleEndian(piece.AsSpan(i * sizeBytes));
            BinaryPrimitives.WriteSingleLittleEndian(buffer[(i * sizeof(float))..], (float)(number * quantization.Scale + quantization.Minimum));
        }
        return found * sizeof(float);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
