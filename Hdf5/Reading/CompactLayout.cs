namespace GpuKeras.Hdf5.Reading;

/// <summary>Data within the object header.</summary>
internal sealed class CompactLayout(ReadOnlyMemory<byte> data) : IDataLayout
{
    /// <inheritdoc/>
    public Stream Open() => new MemoryStream(data.ToArray(), writable: false);
}
