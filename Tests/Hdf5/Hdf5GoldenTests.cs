using System.IO.Compression;
using GpuKeras.Hdf5;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>The files of Keras: read as h5py reads them, and the same after they have been written again.</summary>
public sealed class Hdf5GoldenTests
{
    private static readonly string[] Files =
    [
        "01_mlp_bn_dropout/model.weights.h5", "01_mlp_bn_dropout/model.h5", "01_mlp_bn_dropout/model.keras",
        "03_functional_multi_io/model.weights.h5", "03_functional_multi_io/model.h5", "03_functional_multi_io/model.keras",
        "09_subclass/model.weights.h5", "09_subclass/model.keras",
    ];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCaseSource(nameof(Files))]
    public void Read_FileOfKeras_EverythingAsH5pyReadsIt(string name)
    {
        var path = PathOf(name);
        var expected = Hdf5Reference.List(path);
        Assert.That(expected, Has.Length.GreaterThan(20));
        Assert.That(Hdf5Listing.Of(path).Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
    }

    [TestCaseSource(nameof(Files))]
    public void Write_TreeOfKeras_SameContent(string name)
    {
        var path = PathOf(name);
        using var original = Hdf5File.Open(path);
        var copy = folder.File("copy.h5");
        using (var stream = File.Create(copy))
            Hdf5Writer.Write(stream, Hdf5Copy.Of(original.Root));
        Assert.That(Hdf5Listing.Of(copy), Is.EqualTo(Hdf5Listing.Of(original)));
        Assert.That(Hdf5Reference.List(copy), Is.EqualTo(Hdf5Reference.List(path)));
        Hdf5Tools.Run("h5diff", "--verbose", path, copy);
    }

    /// <summary>A golden HDF5 file, taken out of its archive if it lies in one.</summary>
    private string PathOf(string name)
    {
        var path = GoldenFiles.PathOf($"models/{name}");
        if (!name.EndsWith(".keras", StringComparison.Ordinal))
            return path;
        using var archive = ZipFile.OpenRead(path);
        var extracted = folder.File("original.h5");
        archive.GetEntry("model.weights.h5")!.ExtractToFile(extracted);
        return extracted;
    }
}
