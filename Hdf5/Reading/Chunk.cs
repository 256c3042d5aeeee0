namespace GpuKeras.Hdf5.Reading;

/// <summary>Where one chunk of a dataset lies.</summary>
/// <param name="Address">Its first byte.</param>
/// <param name="StoredBytes">Its size in the file.</param>
/// <param name="FilterMask">A bit for each filter that was left out.</param>
internal readonly record struct Chunk(long Address, int StoredBytes, uint FilterMask);
