namespace GpuKeras.Hdf5.Reading;

/// <summary>Data in one piece.</summary>
internal sealed class ContiguousLayout(FileView file, long address, long bytes) : IDataLayout
{
    /// <inheritdoc/>
    public Stream Open() => new DataStream(bytes, Read);

    private void Read(long offset, Span<byte> target) => file.Read(address + offset, target);
}
