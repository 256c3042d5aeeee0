using GpuKeras.Hdf5.Writing;

namespace GpuKeras.Hdf5;

/// <summary>A dataset to be written.</summary>
public sealed class Hdf5DatasetBuilder : Hdf5ObjectBuilder
{
    internal Hdf5DatasetBuilder(string path, Hdf5Type type, IReadOnlyList<long> shape, Action<Stream> write)
        : base(path)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(write);
        TypeWriter.RequireWritable(type, path);
        Type = type;
        Shape = [.. shape];
        ByteCount = ShapeBytes.Count(shape, type.SizeBytes, path);
        Write = write;
    }

    /// <summary>The elements' type.</summary>
    public Hdf5Type Type { get; }

    /// <summary>The sizes of the axes.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of bytes of all elements.</summary>
    public long ByteCount { get; }

    internal Action<Stream> Write { get; }
}
