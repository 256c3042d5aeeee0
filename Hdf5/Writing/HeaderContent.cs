namespace GpuKeras.Hdf5.Writing;

/// <summary>The messages of an object header, version 1, as they are collected.</summary>
internal sealed class HeaderContent
{
    private const int PrefixBytes = 16, MessageHeadBytes = 8;

    private readonly List<(int Type, int Flags, byte[] Body)> messages = [];

    /// <summary>The number of bytes of the header.</summary>
    public int Bytes => PrefixBytes + messages.Sum(static message => MessageHeadBytes + message.Body.Length);

    /// <summary>Adds a message.</summary>
    /// <param name="type">The format's number.</param>
    /// <param name="flags">1 if it never changes.</param>
    /// <param name="body">Its bytes, a multiple of 8.</param>
    /// <returns>Where the body begins in the header.</returns>
    public int Add(int type, int flags, byte[] body)
    {
        var start = Bytes + MessageHeadBytes;
        messages.Add((type, flags, body));
        return start;
    }

    /// <summary>Writes the header.</summary>
    public void Write(ByteWriter writer)
    {
        writer.U8(1);
        writer.Skip(1);
        writer.U16(messages.Count);
        writer.U32(1);
        writer.U32(Bytes - PrefixBytes);
        writer.Skip(4);
        foreach (var (type, flags, body) in messages)
        {
            writer.U16(type);
            writer.U16(body.Length);
            writer.U8(flags);
            writer.Skip(3);
            writer.Bytes(body);
        }
    }
}
