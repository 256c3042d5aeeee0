namespace GpuKeras;

// Parts of a tensor as bytes, so that files larger than a host array can be read and written piece by piece.
public partial class Tensor
{
    /// <summary>Copies host bytes over the elements, from a byte of the tensor on.</summary>
    internal void UploadBytes(ReadOnlySpan<byte> source, long startBytes) =>
        Storage.Device.Upload(source, Storage, offset * DType.SizeBytes() + startBytes);

    /// <summary>Copies elements to the host, from a byte of the tensor on.</summary>
    internal void DownloadBytes(long startBytes, Span<byte> target) =>
        Storage.Device.Download(Storage, offset * DType.SizeBytes() + startBytes, target);
}
