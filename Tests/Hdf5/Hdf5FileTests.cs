using GpuKeras.Hdf5;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>How an open file is used: lookups, streams, and what is read when.</summary>
public sealed class Hdf5FileTests
{
    private static CraftedFile Example => CraftedFile.With(static root =>
    {
        root.AddDataset("x", Hdf5Type.Float32, [2, 3], static stream => stream.Write(Enumerable.Range(0, 24).Select(static i => (byte)i).ToArray()));
        CraftedFile.AddFloats(root.AddGroup("layers").AddGroup("dense"), "0", 4);
    });

    [Test]
    public void Find_Paths_TheMemberOrNull()
    {
        using var file = Example.Open();
        Assert.That(file.Root.Find("layers/dense/0"), Is.TypeOf<Hdf5Dataset>().With.Property("Path").EqualTo("/layers/dense/0"));
        Assert.That(file.Root.Group("layers").Find("dense/0"), Is.SameAs(file.Root.Dataset("/layers/dense/0")));
        Assert.That(file.Root.Find(""), Is.SameAs(file.Root));
        Assert.That(file.Root.Find("layers/none/0"), Is.Null);
        Assert.That(file.Root.Find("x/0"), Is.Null, "a dataset has no members");
        Assert.That(file.Root.FindAttribute("none"), Is.Null);
        Assert.That(file.Root.Names, Is.EqualTo(new[] { "layers", "x" }));
    }

    [Test]
    public void GroupAndDataset_Missing_NamesTheFileAndThePath()
    {
        using var file = Example.Open();
        Assert.That(
            () => file.Root.Group("layers").Dataset("dense"),
            Throws.TypeOf<Hdf5Exception>().With.Message.Contains("'crafted.h5': the group '/layers' must have a dataset 'dense'"));
        Assert.That(() => file.Root.Group("none"), Throws.TypeOf<Hdf5Exception>().With.Message.Contains("must have a group 'none'"));
    }

    [Test]
    public void OpenRead_SeveralAtOnceInPieces_EachHasItsPlace()
    {
        using var file = Example.Open();
        using var first = file.Root.Dataset("x").OpenRead();
        using var second = file.Root.Dataset("x").OpenRead();
        var read = new byte[24];
        for (var i = 0; i < 24; i++)
        {
            Assert.That(first.ReadByte(), Is.EqualTo(i));
            if (i % 5 == 0)
                second.ReadExactly(read, i, Math.Min(5, 24 - i));
        }
        Assert.That(first.ReadByte(), Is.EqualTo(-1));
        Assert.That(read, Is.EqualTo(Enumerable.Range(0, 24)));
    }

    [Test]
    public void Read_RoomOfAnotherSize_SaysBoth()
    {
        using var file = Example.Open();
        Assert.That(
            () => file.Root.Dataset("x").Read(new byte[23]), Throws.ArgumentException.With.Message.Contains("'/x' has 24 bytes; got room for 23"));
    }

    [Test]
    public void Open_LargeData_NoneOfItIsRead()
    {
        var bytes = CraftedFile.With(static root =>
        {
            for (var i = 0; i < 4; i++)
                CraftedFile.AddFloats(root, $"{i}", 1 << 20);
        }).Bytes;
        using var stream = new CountingStream(bytes);
        using var file = Hdf5File.Open(stream, "large.h5");
        Assert.That(file.Root.Members.OfType<Hdf5Dataset>().Sum(static dataset => dataset.ByteCount), Is.EqualTo(4 << 22));
        Assert.That(stream.BytesRead, Is.LessThan(1 << 16));
        file.Root.Dataset("2").Read(new byte[1 << 22]);
        Assert.That(stream.BytesRead, Is.InRange(1 << 22, (1 << 22) + (1 << 16)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Dispose_LeaveOpenOrNot_StreamAsAsked(bool leaveOpen)
    {
        using var stream = new MemoryStream(Example.Bytes);
        Hdf5File.Open(stream, "x.h5", leaveOpen: leaveOpen).Dispose();
        Assert.That(stream.CanRead, Is.EqualTo(leaveOpen));
    }

    [Test]
    public void Open_MissingOrEmptyFile_SaysSo()
    {
        Assert.That(() => Hdf5File.Open("no-such-file.h5"), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => new CraftedFile([]).Open(), Throws.TypeOf<Hdf5Exception>().With.Message.Contains("not an HDF5 file").And.Property("Position").EqualTo(0));
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var count = base.Read(buffer);
            BytesRead += count;
            return count;
        }
    }
}
