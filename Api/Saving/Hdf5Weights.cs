using GpuKeras.Hdf5;
using GpuKeras.Kernels;

namespace GpuKeras.Saving;

/// <summary>Weights as datasets of an HDF5 file.</summary>
internal static class Hdf5Weights
{
    /// <summary>What a dataset holds, to be read when it is asked for.</summary>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="dataset">The dataset, of an open file.</param>
    /// <exception cref="FileFormatException">It cannot be a weight.</exception>
    public static StoredWeight Describe(string file, Hdf5Dataset dataset)
    {
        var path = dataset.Path[1..];
        var place = $"{file}: {path}";
        if (dataset.Shape.Count > Extents.MaxRank)
            throw new FileFormatException(place, $"a tensor has at most {Extents.MaxRank} axes; this one has {dataset.Shape.Count}");
        var encoding = EncodingOf(dataset);
        if (encoding.Target is null)
            throw new FileFormatException(place, $"{dataset.Type} cannot be a weight");
        TensorStream.CountBytes(place, [.. dataset.Shape], encoding.SizeBytes);
        var shape = new Shape([.. dataset.Shape.Select(static size => (int)size)]);
        return new StoredWeight(path, shape, encoding, () =>
        {
            using var stream = dataset.OpenRead();
            return TensorStream.Read(stream, place, shape, encoding);
        });
    }

    private static ElementEncoding EncodingOf(Hdf5Dataset dataset)
    {
        var type = dataset.Type;
        // h5py has no bfloat16: Keras writes opaque bytes and says in an attribute what they are.
        if (type is { Kind: Hdf5Kind.Opaque, SizeBytes: 2 } && dataset.FindAttribute("dtype") is { } dtype && dtype.ReadString() == "bfloat16")
            return new(ElementKind.BrainFloat, 2);
        ElementKind? kind = type.Kind switch
        {
            Hdf5Kind.Float => ElementKind.Float,
            Hdf5Kind.BrainFloat => ElementKind.BrainFloat,
            Hdf5Kind.Signed => ElementKind.Signed,
            Hdf5Kind.Unsigned => ElementKind.Unsigned,
            Hdf5Kind.Boolean => ElementKind.Bool,
            _ => null,
        };
        return kind is { } known ? new(known, type.SizeBytes, type.IsBigEndian) : default;
    }
}
