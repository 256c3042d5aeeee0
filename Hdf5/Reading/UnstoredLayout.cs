namespace GpuKeras.Hdf5.Reading;

/// <summary>Data that was never written: every element has the fill value.</summary>
internal sealed class UnstoredLayout(ReadOnlyMemory<byte> fill, long bytes) : IDataLayout
{
    /// <inheritdoc/>
    public Stream Open() => new DataStream(bytes, (offset, target) => FillValue.Repeat(fill.Span, offset, target));
}
