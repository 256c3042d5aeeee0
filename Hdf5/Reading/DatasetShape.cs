namespace GpuKeras.Hdf5.Reading;

/// <summary>What a layout must know of its dataset.</summary>
/// <param name="Space">The sizes of the axes.</param>
/// <param name="ElementBytes">The size of one element.</param>
/// <param name="Fill">One element that was never written; empty for zeros.</param>
/// <param name="Address">The dataset's header, for errors.</param>
internal sealed record DatasetShape(Dataspace Space, int ElementBytes, ReadOnlyMemory<byte> Fill, long Address)
{
    /// <summary>The number of bytes of all elements; the dataset has checked that there is one.</summary>
    public long Bytes => Space.Elements * ElementBytes;
}
