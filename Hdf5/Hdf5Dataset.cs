using GpuKeras.Hdf5.Reading;

namespace GpuKeras.Hdf5;

/// <summary>An array of an open file. That its data is all there has been checked; it is read when asked for.</summary>
public sealed class Hdf5Dataset : Hdf5Object
{
    private readonly IDataLayout layout;

    internal Hdf5Dataset(FileView file, ObjectHeader header, string path)
        : base(file, header, path)
    {
        var space = Dataspace.Parse(file, header.Require(MessageType.Dataspace, "a shape").Cursor(file));
        var typeCursor = header.Require(MessageType.Datatype, "a data type").Cursor(file);
        Type = Datatype.Parse(file, ref typeCursor);
        Shape = space.Sizes;
        ElementCount = space.Elements;
        if (ElementCount > long.MaxValue / Type.SizeBytes)
            throw file.Error(header.Address, $"'{path}': [{string.Join(", ", Shape)}] elements of {Type.SizeBytes} bytes are too many");
        layout = LayoutReader.Read(file, header, space, Type.SizeBytes);
    }

    /// <summary>The type of the elements.</summary>
    public Hdf5Type Type { get; }

    /// <summary>The sizes of the axes; none for a single value, one of size 0 for a dataset without a value.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public long ElementCount { get; }

    /// <summary>The number of bytes of all elements.</summary>
    public long ByteCount => ElementCount * Type.SizeBytes;

    /// <summary>The elements as they lie in the file, in row-major order, as a stream that cannot seek.</summary>
    /// <remarks>Reading it throws <see cref="Hdf5Exception"/> where the data is damaged. Several may be open at once.</remarks>
    public Stream OpenRead() => layout.Open();

    /// <summary>Reads all elements as they lie in the file, in row-major order.</summary>
    /// <param name="target">Room for exactly <see cref="ByteCount"/> bytes.</param>
    /// <exception cref="ArgumentException">The room has another size.</exception>
    /// <exception cref="Hdf5Exception">The data is damaged.</exception>
    public void Read(Span<byte> target)
    {
        if (target.Length != ByteCount)
            throw new ArgumentException($"Hdf5Dataset.Read: '{Path}' has {ByteCount} bytes; got room for {target.Length}", nameof(target));
        using var stream = OpenRead();
        stream.ReadExactly(target);
    }

    /// <summary>Reads the elements of a dataset of strings, in row-major order.</summary>
    /// <exception cref="Hdf5Exception">It holds something else, or a string is damaged or too long.</exception>
    public string[] ReadStrings()
    {
        if (ByteCount > File.Limits.MaxAttributeBytes)
            throw File.Error(Header.Address, $"'{Path}': strings of {ByteCount} bytes are too long; at most {File.Limits.MaxAttributeBytes} are read");
        var bytes = new byte[ByteCount];
        Read(bytes);
        return Strings.Decode(File, Type, bytes, Header.Address, $"the dataset '{Path}'");
    }
}
