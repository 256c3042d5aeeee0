using System.Text;

namespace GpuKeras.Hdf5.Writing;

/// <summary>An attribute to be written, version 1 of the message.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The elements' type.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="Texts">The strings, if they may have any length.</param>
/// <param name="Bytes">The elements otherwise.</param>
internal sealed record AttributeContent(string Name, Hdf5Type Type, IReadOnlyList<long> Shape, byte[][]? Texts, ReadOnlyMemory<byte> Bytes)
{
    private const int HeadBytes = 8;

    /// <summary>The number of bytes of the message's body.</summary>
    public int MessageBytes => HeadBytes + Padded(NameBytes) + Padded(TypeWriter.BytesOf(Type)) + Padded(SpaceWriter.BytesOf(Shape))
        + Padded(Texts is null ? Bytes.Length : Texts.Length * Type.SizeBytes);

    private int NameBytes => Encoding.UTF8.GetByteCount(Name) + 1;

    /// <summary>The message's body; strings go to the heap.</summary>
    public byte[] ToMessage(StringHeap heap)
    {
        var body = new byte[MessageBytes];
        var writer = new ByteWriter(body);
        writer.U8(1);
        writer.U8(0);
        writer.U16(NameBytes);
        writer.U16(TypeWriter.BytesOf(Type));
        writer.U16(SpaceWriter.BytesOf(Shape));
        writer.Bytes(Encoding.UTF8.GetBytes(Name));
        writer.Skip(1);
        writer.Align();
        TypeWriter.Write(ref writer, Type);
        writer.Align();
        SpaceWriter.Write(ref writer, Shape);
        if (Texts is null)
            writer.Bytes(Bytes.Span);
        else
            foreach (var text in Texts)
                heap.Add(text, ref writer);
        return body;
    }

    private static int Padded(int bytes) => (bytes + 7) & ~7;
}
