using System.Buffers.Binary;
using System.IO.Compression;
using GpuKeras.Datasets;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Datasets;

/// <summary>MNIST as it comes with the library, and IDX files that are not what they should be.</summary>
public sealed class MnistTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Load_TheEmbeddedFiles_KnownCountsAndLabels()
    {
        var (train, test) = Mnist.Load();
        Assert.That(train.Images.Shape, Is.EqualTo(new Shape(60000, 28, 28)));
        Assert.That(test.Images.Shape, Is.EqualTo(new Shape(10000, 28, 28)));
        Assert.That(train.Images.DType, Is.EqualTo(DType.UInt8));
        var (trainLabels, testLabels) = (train.Labels.ToArray<byte>(), test.Labels.ToArray<byte>());
        Assert.That(trainLabels[..10], Is.EqualTo(new byte[] { 5, 0, 4, 1, 9, 2, 1, 3, 1, 4 }));
        Assert.That(testLabels[..10], Is.EqualTo(new byte[] { 7, 2, 1, 0, 4, 1, 4, 9, 5, 9 }));
        // The published number of images of each digit.
        Assert.That(
            Enumerable.Range(0, 10).Select(digit => trainLabels.Count(label => label == digit)),
            Is.EqualTo(new[] { 5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949 }));
        Assert.That(testLabels, Has.Length.EqualTo(10000));
        // The mean of all training pixels, 0.1307 of 255, is what everyone normalises with.
        Assert.That(train.Images.ToArray<byte>().Average(static pixel => (double)pixel) / 255, Is.EqualTo(0.1307).Within(0.00005));
    }

    [Test]
    public void Load_OtherFolder_ReadsItsFiles()
    {
        WriteAll();
        var (train, test) = Mnist.Load(folder.FullName);
        Assert.That(train.Labels.ToArray<byte>(), Is.EqualTo(new byte[] { 3, 1 }));
        Assert.That(test.Images.Shape, Is.EqualTo(new Shape(1, 28, 28)));
    }

    [Test]
    public void Load_MissingFile_NamesItAndTheRemedy()
    {
        WriteAll();
        File.Delete(folder.File("t10k-labels-idx1-ubyte.gz"));
        Assert.That(
            () => Mnist.Load(folder.FullName),
            Throws.TypeOf<FileNotFoundException>().With.Message.Contains(
                "t10k-labels-idx1-ubyte.gz").And.Message.Contains("GPUKERAS_DATA"));
    }

    [Test]
    public void Load_FileCutAtAnyByte_FileFormatException()
    {
        WriteAll();
        var bytes = File.ReadAllBytes(folder.File("train-labels-idx1-ubyte.gz"));
        for (var length = 0; length < bytes.Length; length++)
        {
            folder.Write("train-labels-idx1-ubyte.gz", bytes[..length]);
            Assert.That(
                () => Mnist.Load(folder.FullName),
                Throws.TypeOf<FileFormatException>().With.Message.Contains("train-labels-idx1-ubyte.gz"), $"cut to {length} bytes");
        }
    }

    [Test]
    public void Load_AnyByteChanged_SameValuesOrFileFormatException()
    {
        WriteAll();
        var bytes = File.ReadAllBytes(folder.File("train-labels-idx1-ubyte.gz"));
        var refused = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x55;
            folder.Write("train-labels-idx1-ubyte.gz", changed);
            try
            {
                Assert.That(Mnist.Load(folder.FullName).Train.Labels.ToArray<byte>(), Is.EqualTo(new byte[] { 3, 1 }));
            }
            catch (FileFormatException)
            {
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(bytes.Length / 2));
    }

    [Test]
    public void Load_CountsDiffer_NamesBoth()
    {
        WriteAll();
        Write("train-labels-idx1-ubyte.gz", [3], [3, 1, 4]);
        Assert.That(
            () => Mnist.Load(folder.FullName), Throws.TypeOf<FileFormatException>().With.Message.Contains("3 labels, but 2 images"));
    }

    [Test]
    public void Load_LabelOutOfRange_SaysWhich()
    {
        WriteAll();
        Write("train-labels-idx1-ubyte.gz", [2], [3, 10]);
        Assert.That(() => Mnist.Load(folder.FullName), Throws.TypeOf<FileFormatException>().With.Message.Contains("found 10"));
    }

    [Test]
    public void Load_OtherShape_SaysWhatWasFound()
    {
        WriteAll();
        Write("train-images-idx3-ubyte.gz", [2, 2, 2], new byte[8]);
        Assert.That(() => Mnist.Load(folder.FullName), Throws.TypeOf<FileFormatException>().With.Message.Contains("[2, 2, 2]"));
    }

    [TestCase(new byte[] { 1, 0, 8, 1, 0, 0, 0, 0 }, "must be 0")]
    [TestCase(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 }, "0x07")]
    [TestCase(new byte[] { 0, 0, 8, 9 }, "at most 8 axes")]
    [TestCase(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 5 }, "1 of 2 bytes")]
    [TestCase(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5, 6 }, "more data")]
    [TestCase(new byte[] { 0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0xFF, 5 }, "2147483647 bytes")]
    [TestCase(new byte[] { 0, 0, 8, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 5 }, "impossible")]
    public void Read_CorruptHead_SaysWhatIsWrong(byte[] bytes, string expected)
    {
        WritePacked("a.gz", bytes);
        Assert.That(() => IdxFile.Read(folder.File("a.gz")), Throws.TypeOf<FileFormatException>().With.Message.Contains(expected));
    }

    [Test]
    public void Read_BigEndianNumbers_ExactValues()
    {
        WritePacked("a.gz", [0, 0, 0x0D, 1, 0, 0, 0, 2, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0]);
        TensorAssert.AreIdentical(IdxFile.Read(folder.File("a.gz")), Tensor.From(1f, -2f));
    }

    private void WriteAll()
    {
        Write("train-images-idx3-ubyte.gz", [2, 28, 28], new byte[2 * 28 * 28]);
        Write("train-labels-idx1-ubyte.gz", [2], [3, 1]);
        Write("t10k-images-idx3-ubyte.gz", [1, 28, 28], new byte[28 * 28]);
        Write("t10k-labels-idx1-ubyte.gz", [1], [7]);
    }

    private void Write(string name, int[] sizes, byte[] elements)
    {
        var head = new byte[4 + 4 * sizes.Length];
        (head[2], head[3]) = (8, (byte)sizes.Length);
        for (var axis = 0; axis < sizes.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4 + 4 * axis), sizes[axis]);
        WritePacked(name, [.. head, .. elements]);
    }

    private void WritePacked(string name, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(folder.File(name)), CompressionLevel.Optimal);
        stream.Write(bytes);
    }
}
