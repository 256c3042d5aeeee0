using System.IO.Compression;
using System.Text;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>NPZ archives: round trips, files of NumPy, and damaged files.</summary>
public sealed class NpzTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void SaveAndLoad_SeveralArrays_SameBits(bool compress)
    {
        var arrays = Arrays();
        Npz.Save(folder.File("a.npz"), arrays, compress);
        var loaded = Npz.Load(folder.File("a.npz"));
        Assert.That(loaded.Keys, Is.EqualTo(arrays.Keys));
        foreach (var (name, tensor) in arrays)
            TensorAssert.AreIdentical(loaded[name], tensor);
    }

    [Test]
    public void Save_Twice_SameBytes()
    {
        Npz.Save(folder.File("a.npz"), Arrays());
        Npz.Save(folder.File("b.npz"), Arrays());
        Assert.That(File.ReadAllBytes(folder.File("b.npz")), Is.EqualTo(File.ReadAllBytes(folder.File("a.npz"))));
    }

    [Test]
    public void Load_ArchiveOfNumPy_AgreesWithItsDescription()
    {
        var arrays = GoldenFiles.Npz("models/03_train_initial_weights.npz");
        Assert.That(arrays, Is.Not.Empty);
        Assert.That(arrays.Values.Select(static tensor => tensor.DType), Is.All.EqualTo(DType.Float32));
        var first = arrays.Values.First().ToArray<float>();
        Assert.That(first, Is.All.InRange(-10f, 10f).And.Some.Not.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Load_ArchiveCutAtAnyByte_FileFormatException(bool compress)
    {
        Npz.Save(folder.File("a.npz"), Arrays(), compress);
        var bytes = File.ReadAllBytes(folder.File("a.npz"));
        for (var length = 0; length < bytes.Length; length++)
        {
            var path = folder.Write("cut.npz", bytes[..length]);
            Assert.That(
                () => Npz.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("cut.npz"), $"cut to {length} bytes");
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Load_AnyByteChanged_SameValuesOrFileFormatException(bool compress)
    {
        var arrays = Arrays();
        Npz.Save(folder.File("a.npz"), arrays, compress);
        var bytes = File.ReadAllBytes(folder.File("a.npz"));
        var refused = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x55;
            var path = folder.Write("changed.npz", changed);
            try
            {
                // What a change may leave readable are names and attributes; the values are under a checksum.
                foreach (var (loaded, expected) in Npz.Load(path).Values.Zip(arrays.Values))
                    TensorAssert.AreIdentical(loaded, expected);
            }
            catch (FileFormatException)
            {
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(bytes.Length / 3));
    }

    [Test]
    public void Load_EntryThatPromisesMoreThanItCanHold_RefusedBeforeAllocating()
    {
        Npz.Save(folder.File("a.npz"), Arrays(), compress: true);
        var bytes = File.ReadAllBytes(folder.File("a.npz"));
        // The uncompressed size in the first entry of the central directory.
        var central = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(central + 24), 0x7FFF_FFFF);
        var path = folder.Write("bomb.npz", bytes);
        Assert.That(() => Npz.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("2147483647"));
    }

    [Test]
    public void Load_OtherEntries_NamesThem()
    {
        using (var archive = ZipFile.Open(folder.File("a.npz"), ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("readme.txt").Open())
            entry.Write("text"u8);
        Assert.That(() => Npz.Load(folder.File("a.npz")), Throws.TypeOf<FileFormatException>().With.Message.Contains("readme.txt"));
    }

    [Test]
    public void Load_NotAnArchive_SaysSo()
    {
        var path = folder.Write("a.npz", Encoding.ASCII.GetBytes("not a zip file at all"));
        Assert.That(() => Npz.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("a.npz"));
    }

    [Test]
    public void Save_SameNameTwice_RefusedAndNothingLeft()
    {
        KeyValuePair<string, Tensor>[] arrays = [new("a", Tensor.Scalar(1)), new("a", Tensor.Scalar(2))];
        Assert.That(() => Npz.Save(folder.File("a.npz"), arrays), Throws.ArgumentException.With.Message.Contains("'a'"));
        Assert.That(folder.FileNames, Is.Empty);
    }

    private static Dictionary<string, Tensor> Arrays() => new()
    {
        ["weights"] = Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]),
        ["val/0"] = Tensor.From([1L, -1L]),
        ["empty"] = Tensor.From<double>([], [0, 3]),
    };
}
