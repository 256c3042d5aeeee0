namespace GpuKeras.Hdf5.Reading;

/// <summary>The elements of a dataset one after the other.</summary>
/// <param name="bytes">How many bytes there are.</param>
/// <param name="read">Fills a span with the bytes from an offset on.</param>
internal sealed class DataStream(long bytes, DataStream.ReadAt read) : Stream
{
    private long position;

    public delegate void ReadAt(long offset, Span<byte> target);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => bytes;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, bytes - position);
        if (count == 0)
            return 0;
        read(position, buffer[..count]);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
