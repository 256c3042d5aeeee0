using System.IO.Compression;
using System.Text;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>Archives that Keras wrote, and archives that somebody made to do harm.</summary>
public sealed class KerasArchiveTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("01_mlp_bn_dropout")]
    [TestCase("03_functional_multi_io")]
    [TestCase("09_subclass")]
    public void Open_FileOfKeras_MetadataConfigAndWeights(string name)
    {
        using var archive = new KerasArchive(GoldenFiles.PathOf($"models/{name}/model.keras"));
        Assert.That((string?)archive.ReadMetadata()["keras_version"], Does.StartWith("3."));
        Assert.That(archive.ReadConfig()["config"], Is.Not.Null);
        using var weights = archive.OpenWeights();
        var signature = new byte[8];
        weights.ReadExactly(signature);
        Assert.That(signature, Is.EqualTo("\u0089HDF\r\n\u001a\n".Select(static letter => (byte)letter)));
    }

    [Test]
    public void Open_DeflatedAndLarge_ReadFromATemporaryFile()
    {
        var content = new byte[65 << 20];
        new Random(1).NextBytes(content.AsSpan(0, 1 << 20));
        new Random(2).NextBytes(content.AsSpan(64 << 20));
        var path = Archive((KerasArchive.WeightsName, content));
        string copy;
        using (var archive = new KerasArchive(path))
        using (var weights = archive.OpenWeights())
        {
            copy = ((FileStream)weights).Name;
            weights.Position = 64 << 20;
            var end = new byte[1 << 20];
            weights.ReadExactly(end);
            Assert.That(end, Is.EqualTo(content[^end.Length..]));
        }
        Assert.That(File.Exists(copy), Is.False);
    }

    [TestCase("../evil.h5", "leads out of the archive")]
    [TestCase("assets/../../evil", "leads out of the archive")]
    [TestCase("/etc/passwd", "leads out of the archive")]
    [TestCase("C:/evil", "leads out of the archive")]
    [TestCase("assets\\..\\evil", "leads out of the archive")]
    public void Open_NameThatLeadsOut_Refused(string name, string problem)
    {
        var path = Archive((KerasArchive.ConfigName, "{}"u8.ToArray()), (name, [1]));
        Assert.That(() => new KerasArchive(path), Throws.TypeOf<FileFormatException>().With.Message.Contains(problem).And.Message.Contains(name));
    }

    [Test]
    public void Open_SymbolicLink_Refused()
    {
        var path = folder.File("a.keras");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            var entry = archive.CreateEntry(KerasArchive.WeightsName);
            entry.ExternalAttributes = 0xA1FF << 16;
            using var stream = entry.Open();
            stream.Write("/etc/passwd"u8);
        }
        Assert.That(() => new KerasArchive(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("symbolic link"));
    }

    [Test]
    public void Open_TwoEntriesOfOneName_Refused()
    {
        var path = Archive((KerasArchive.ConfigName, "{}"u8.ToArray()), (KerasArchive.ConfigName, "{}"u8.ToArray()));
        Assert.That(() => new KerasArchive(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("two entries"));
    }

    [Test]
    public void Open_TooManyEntries_Refused()
    {
        var path = Archive([.. Enumerable.Range(0, 10_001).Select(static i => ($"assets/{i}", Array.Empty<byte>()))]);
        Assert.That(() => new KerasArchive(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("10001 entries"));
    }

    [Test]
    public void Open_Bomb_RefusedBeforeItExpands()
    {
        var path = folder.File("a.keras");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var stream = archive.CreateEntry(KerasArchive.WeightsName, CompressionLevel.SmallestSize).Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
                stream.Write(zeros);
        }
        Assert.That(new FileInfo(path).Length, Is.LessThan(1 << 20));
        using var bomb = new KerasArchive(path);
        Assert.That(bomb.OpenWeights, Throws.TypeOf<FileFormatException>().With.Message.Contains("209715200 bytes, compressed to"));
    }

    [Test]
    public void Open_BombThatUnderstatesItsSize_CutOff()
    {
        var path = Archive((KerasArchive.WeightsName, new byte[10 << 20]));
        var bytes = File.ReadAllBytes(path);
        // The uncompressed size in the central directory, which is what the library believes.
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 1000);
        using var archive = new KerasArchive(folder.Write("b.keras", bytes));
        Assert.That(archive.OpenWeights, Throws.TypeOf<FileFormatException>());
    }

    [Test]
    public void Read_ConfigOfHugeSize_Refused()
    {
        var path = Archive((KerasArchive.ConfigName, new byte[(64 << 20) + 1]));
        using var archive = new KerasArchive(path);
        Assert.That(archive.ReadConfig, Throws.TypeOf<FileFormatException>().With.Message.Contains("at most 67108864"));
    }

    [Test]
    public void Read_DeepJson_Refused()
    {
        var deep = new string('[', 100_000);
        using var archive = new KerasArchive(Archive((KerasArchive.ConfigName, Encoding.UTF8.GetBytes($"{{\"a\":{deep}"))));
        Assert.That(archive.ReadConfig, Throws.TypeOf<ModelConfigException>().With.Message.Contains("depth"));
    }

    [TestCase("[1]", "must be a JSON object")]
    [TestCase("{\"a\":1,\"a\":2}", "a")]
    [TestCase("nothing", "cannot be read as JSON")]
    public void Read_OtherJson_Refused(string text, string problem)
    {
        using var archive = new KerasArchive(Archive((KerasArchive.ConfigName, Encoding.UTF8.GetBytes(text))));
        Assert.That(archive.ReadConfig, Throws.TypeOf<ModelConfigException>().With.Message.Contains(problem).And.Message.Contains("config.json"));
    }

    [Test]
    public void Read_MissingEntry_NamesItAndWhatThereIs()
    {
        using var archive = new KerasArchive(Archive(("saved_model.pb", [1])));
        Assert.That(
            archive.ReadConfig,
            Throws.TypeOf<FileFormatException>().With.Message.Contains("'config.json'").And.Message.Contains("'saved_model.pb'"));
    }

    [Test]
    public void Open_NoArchive_Refused() => Assert.That(
        () => new KerasArchive(folder.Write("a.keras", "not a zip"u8.ToArray())),
        Throws.TypeOf<FileFormatException>().With.Message.Contains("zip archive cannot be read"));

    [Test]
    public void Open_ByteChanged_ChecksumSaysSo()
    {
        var path = folder.File("a.keras");
        using (var stream = File.Create(path))
            KerasArchiveWriter.Write(stream, [], DateTimeOffset.UnixEpoch, static weights => weights.Write("some weights"u8));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("some weights"u8)] ^= 1;
        using var archive = new KerasArchive(folder.Write("b.keras", bytes));
        Assert.That(archive.OpenWeights, Throws.TypeOf<FileFormatException>().With.Message.Contains("checksum"));
    }

    [Test]
    public void Write_ThreeEntries_StoredInKerasOrder()
    {
        var saved = new DateTimeOffset(2026, 2, 3, 14, 5, 6, TimeSpan.Zero);
        byte[] Written()
        {
            using var stream = new MemoryStream();
            KerasArchiveWriter.Write(stream, new() { ["a"] = "é>" }, saved, static weights => weights.Write(new byte[1000]));
            return stream.ToArray();
        }
        var path = folder.Write("a.keras", Written());
        using (var zip = ZipFile.OpenRead(path))
        {
            Assert.That(
                zip.Entries.Select(static entry => entry.FullName), Is.EqualTo(new[] { "metadata.json", "config.json", "model.weights.h5" }));
            foreach (var entry in zip.Entries)
                Assert.That(entry.CompressedLength, Is.EqualTo(entry.Length));
        }
        using var archive = new KerasArchive(path);
        Assert.That((string?)archive.ReadMetadata()["date_saved"], Is.EqualTo("2026-02-03@14:05:06"));
        Assert.That((string?)archive.ReadConfig()["a"], Is.EqualTo("é>"));
        Assert.That(Written(), Is.EqualTo(File.ReadAllBytes(path)));
    }

    private string Archive(params (string Name, byte[] Content)[] entries)
    {
        var path = folder.File("a.keras");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = archive.CreateEntry(name).Open();
            stream.Write(content);
        }
        return path;
    }
}
