namespace GpuKeras.Hdf5.Writing;

/// <summary>Passes on exactly as many bytes as a dataset has.</summary>
internal sealed class CountedStream(Stream target, string path, long bytes) : Stream
{
    private long written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => bytes;

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    /// <summary>Checks that nothing is missing.</summary>
    public void RequireAll()
    {
        if (written != bytes)
            throw WrongCount(written);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > bytes - written)
            throw WrongCount(written + buffer.Length);
        target.Write(buffer);
        written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private InvalidOperationException WrongCount(long count) => new($"the dataset '{path}' has {bytes} bytes; its callback wrote {count}");
}
