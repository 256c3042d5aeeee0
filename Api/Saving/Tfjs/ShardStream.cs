namespace GpuKeras.Saving;

/// <summary>The data of several files as if they were one, from a position on.</summary>
internal sealed class ShardStream : ReadOnlyStream
{
    private readonly IReadOnlyList<TfjsShard> shards;
    private int next;
    private FileStream? current;

    /// <summary>Opens the data at a position.</summary>
    /// <param name="shards">The files in order.</param>
    /// <param name="start">The byte to begin at, counted over all files.</param>
    public ShardStream(IReadOnlyList<TfjsShard> shards, long start)
    {
        this.shards = shards;
        for (; next < shards.Count && start >= shards[next].SizeBytes; next++)
            start -= shards[next].SizeBytes;
        if (Advance())
            current!.Position = start;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (current is not null)
        {
            var count = current.Read(buffer);
            if (count > 0 || buffer.IsEmpty || !Advance())
                return count;
        }
        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        current?.Dispose();
        base.Dispose(disposing);
    }

    private bool Advance()
    {
        current?.Dispose();
        // What is not a file, such as a pipe, has no size and must not be opened: that would wait.
        while (next < shards.Count && shards[next].SizeBytes == 0)
            next++;
        current = next < shards.Count ? File.OpenRead(shards[next++].Path) : null;
        return current is not null;
    }
}
