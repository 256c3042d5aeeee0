namespace GpuKeras.Hdf5.Reading;

/// <summary>Puts chunks together: one row of the grid at a time, so that elements come in row-major order.</summary>
internal sealed class ChunkBand(ChunkTable chunks, DatasetShape dataset)
{
    private readonly long[] sizes = dataset.Space.Sizes;
    private readonly ChunkGrid grid = chunks.Grid;
    private byte[] band = [];
    private long bandStart = -1;
    private long bandEnd = -1;

    /// <summary>Fills a span with the dataset's bytes from an offset on.</summary>
    public void Read(long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (offset < bandStart || offset >= bandEnd)
                Load(offset);
            var count = (int)Math.Min(target.Length, bandEnd - offset);
            band.AsSpan((int)(offset - bandStart), count).CopyTo(target);
            target = target[count..];
            offset += count;
        }
    }

    private void Load(long offset)
    {
        var rowBytes = dataset.Bytes / sizes[0];
        var index = offset / rowBytes / grid.ChunkSizes[0];
        var firstRow = index * grid.ChunkSizes[0];
        var rows = Math.Min(grid.ChunkSizes[0], sizes[0] - firstRow);
        if (rows > Array.MaxLength / rowBytes)
            throw chunks.File.Error(dataset.Address, $"{rows} rows of chunks of {rowBytes} bytes each are too large to be put together");
        (bandStart, bandEnd) = (firstRow * rowBytes, (firstRow + rows) * rowBytes);
        var bytes = (int)(rows * rowBytes);
        if (band.Length != bytes)
            band = new byte[bytes];
        FillValue.Repeat(dataset.Fill.Span, 0, band);
        var perBand = grid.Total / grid.Counts[0];
        for (var number = index * perBand; number < (index + 1) * perBand; number++)
            if (chunks.Read(number) is { } chunk)
                Copy(chunk, number, firstRow);
    }

    private void Copy(ReadOnlySpan<byte> chunk, long number, long firstRow)
    {
        var rank = sizes.Length;
        Span<long> start = stackalloc long[rank], within = stackalloc long[rank], extent = stackalloc long[rank];
        grid.CoordinatesOf(number, start);
        for (var axis = 0; axis < rank; axis++)
        {
            start[axis] *= grid.ChunkSizes[axis];
            extent[axis] = Math.Min(grid.ChunkSizes[axis], sizes[axis] - start[axis]);
        }
        within.Clear();
        var runBytes = (int)extent[^1] * dataset.ElementBytes;
        do
        {
            long from = 0, to = 0;
            for (var axis = 0; axis < rank; axis++)
            {
                from = from * grid.ChunkSizes[axis] + within[axis];
                to = to * sizes[axis] + start[axis] + within[axis] - (axis == 0 ? firstRow : 0);
            }
            chunk.Slice((int)from * dataset.ElementBytes, runBytes).CopyTo(band.AsSpan((int)to * dataset.ElementBytes));
        }
        while (Next(within, extent));
    }

    /// <summary>Steps to the next run: the last axis lies within one.</summary>
    private static bool Next(Span<long> within, ReadOnlySpan<long> extent)
    {
        for (var axis = within.Length - 2; axis >= 0; axis--)
        {
            if (++within[axis] < extent[axis])
                return true;
            within[axis] = 0;
        }
        return false;
    }
}
