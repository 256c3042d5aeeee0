using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuKeras;

// Parts of a tensor as bytes, so that files larger than a host array can be read and written piece by piece.
public partial class Tensor
{
    // A span of bytes ends at 2³¹ − 1: so many elements, of 8 bytes at most, fit one.
    private const int PieceElements = 64 << 20;

    /// <summary>Copies host bytes over the elements, from a byte of the tensor on.</summary>
    internal void UploadBytes(ReadOnlySpan<byte> source, long startBytes)
    {
        Storage.Device.Upload(source, Storage, offset * DType.SizeBytes() + startBytes);
        GC.KeepAlive(this);
    }

    /// <summary>Copies elements to the host, from a byte of the tensor on.</summary>
    internal void DownloadBytes(long startBytes, Span<byte> target)
    {
        Storage.Device.Download(Storage, offset * DType.SizeBytes() + startBytes, target);
        // Without it the memory of a tensor that nobody names any more could be someone else's before the copy has ended.
        GC.KeepAlive(this);
    }

    private protected void Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var start = 0L;
        do
        {
            var piece = values[..Math.Min(PieceElements, values.Length)];
            UploadBytes(MemoryMarshal.AsBytes(piece), start);
            start += (long)piece.Length * Unsafe.SizeOf<T>();
            values = values[piece.Length..];
        }
        while (!values.IsEmpty);
    }

    private void Download<T>(Span<T> values)
        where T : unmanaged
    {
        var start = 0L;
        do
        {
            var piece = values[..Math.Min(PieceElements, values.Length)];
            DownloadBytes(start, MemoryMarshal.AsBytes(piece));
            start += (long)piece.Length * Unsafe.SizeOf<T>();
            values = values[piece.Length..];
        }
        while (!values.IsEmpty);
    }
}
