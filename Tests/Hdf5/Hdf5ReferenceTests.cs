using GpuKeras.Hdf5;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Files of the HDF5 library, written through h5py, and those of Keras: everything is read as h5py reads it.</summary>
public sealed class Hdf5ReferenceTests
{
    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void MakeFiles()
    {
        folder = new TemporaryFolder();
        Hdf5Reference.Run("make", folder.FullName);
    }

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("earliest-types.h5")]
    [TestCase("earliest-attributes.h5")]
    [TestCase("earliest-groups.h5")]
    [TestCase("earliest-chunks.h5")]
    [TestCase("latest-types.h5")]
    [TestCase("latest-attributes.h5")]
    [TestCase("latest-groups.h5")]
    [TestCase("latest-chunks.h5")]
    [TestCase("latest-dense.h5")]
    [TestCase("v18.h5")]
    [TestCase("userblock.h5")]
    [TestCase("narrow.h5")]
    public void Read_FileOfH5py_EverythingAsH5pyReadsIt(string name)
    {
        var path = folder.File(name);
        var expected = Hdf5Reference.List(path);
        Assert.That(expected, Is.Not.Empty);
        Assert.That(Hdf5Listing.Of(path).Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Find_DatasetWithTwoNames_SameDataset()
    {
        using var file = Hdf5File.Open(folder.File("hardlinks.h5"));
        Assert.That(file.Root.Dataset("g/b"), Is.SameAs(file.Root.Dataset("a")));
    }
}
