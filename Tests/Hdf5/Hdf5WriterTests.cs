using GpuKeras.Hdf5;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>What our writer makes: read by our reader, by h5py and by h5dump.</summary>
public sealed class Hdf5WriterTests
{
    private static readonly int[] Counts = [0, 1, 8, 9, 256, 257, 700];

    private TemporaryFolder folder = null!;

    private static Hdf5Type[] Types =>
    [
        Hdf5Type.Float(2), Hdf5Type.Float32, Hdf5Type.Float64, Hdf5Type.Signed(1), Hdf5Type.Signed(2), Hdf5Type.Int32, Hdf5Type.Int64,
        Hdf5Type.Unsigned(1), Hdf5Type.Unsigned(2), Hdf5Type.Unsigned(4), Hdf5Type.Unsigned(8), Hdf5Type.Boolean,
        Hdf5Type.Opaque(2), Hdf5Type.FixedString(5), Hdf5Type.FixedString(5, Hdf5CharacterSet.Ascii),
        Hdf5Type.Float32 with { IsBigEndian = true }, Hdf5Type.Int64 with { IsBigEndian = true },
    ];

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Write_EveryTypeAndAttribute_ReadBackByEveryReader()
    {
        var root = new Hdf5GroupBuilder();
        foreach (var (i, type) in Types.Index())
        {
            AddNumbers(root, $"{i}_{type}", type, 3, 5);
            AddNumbers(root, $"{i}_{type}_scalar", type);
            AddNumbers(root, $"{i}_{type}_empty", type, 4, 0);
            root.AddAttribute($"{i}_{type}", type, [2, 3], Bytes(type, 6));
        }
        root.AddAttribute("text", "größer 𝄞");
        root.AddAttribute("nothing", "");
        root.AddAttribute("ascii", "plain", Hdf5CharacterSet.Ascii);
        root.AddAttribute("list", ["", "one", new string('x', 10_000)]);
        root.AddAttribute("empty", []);
        var path = WriteFile(root);
        using (var file = Hdf5File.Open(path))
        {
            Assert.That(file.Root.FindAttribute("text")!.ReadString(), Is.EqualTo("größer 𝄞"));
            Assert.That(file.Root.FindAttribute("nothing")!.ReadString(), Is.Empty);
            Assert.That(file.Root.FindAttribute("ascii")!.Type.CharacterSet, Is.EqualTo(Hdf5CharacterSet.Ascii));
            Assert.That(file.Root.FindAttribute("list")!.ReadStrings(), Is.EqualTo(new[] { "", "one", new string('x', 10_000) }));
            Assert.That(file.Root.FindAttribute("empty")!.ReadStrings(), Is.Empty);
            Assert.That(file.Root.FindAttribute("empty")!.Type, Is.EqualTo(Hdf5Type.Float64));
            foreach (var (i, type) in Types.Index())
            {
                var dataset = file.Root.Dataset($"{i}_{type}");
                Assert.That((dataset.Type, dataset.Shape), Is.EqualTo((type, (IReadOnlyList<long>)[3L, 5L])));
                var read = new byte[dataset.ByteCount];
                dataset.Read(read);
                Assert.That(read, Is.EqualTo(Bytes(type, 15)));
            }
        }
        CompareWithReference(path);
    }

    [Test]
    public void Write_OpaqueWithTag_KeptAndShownByH5dump()
    {
        var root = new Hdf5GroupBuilder();
        // h5py cannot read opaque types with a tag.
        AddNumbers(root, "d", Hdf5Type.Opaque(3, "some bytes"), 2);
        var path = WriteFile(root);
        using (var file = Hdf5File.Open(path))
            Assert.That(file.Root.Dataset("d").Type, Is.EqualTo(Hdf5Type.Opaque(3, "some bytes")));
        Assert.That(Hdf5Tools.Run("h5dump", path), Does.Contain("OPAQUE_TAG \"some bytes\"").And.Contain("00:01:02"));
    }

    [Test]
    public void Write_GroupsOfManySizes_ReadBackByEveryReader()
    {
        var root = new Hdf5GroupBuilder();
        foreach (var count in Counts)
        {
            var group = root.AddGroup($"with {count}");
            for (var i = 0; i < count; i++)
                group.AddGroup($"member {i * 7919 % 1009}");
        }
        root.AddGroup("Ünïcödé").AddGroup("𝄞");
        root.Members["Ünïcödé"].AddAttribute("name", "value");
        ((Hdf5GroupBuilder)root.Members["Ünïcödé"]).AddGroup("￿");
        var path = WriteFile(root);
        using (var file = Hdf5File.Open(path))
            foreach (var count in Counts)
                Assert.That(file.Root.Group($"with {count}").Names, Is.EquivalentTo(root.GetOrAddGroup($"with {count}").Members.Keys));
        CompareWithReference(path);
    }

    [Test]
    public void Write_GroupOfThousands_ThreeLevelsThatH5pyReads()
    {
        // Leaves of 8, nodes of 32: two levels hold 8,192.
        const int Count = 8200;
        var root = new Hdf5GroupBuilder();
        for (var i = 0; i < Count; i++)
            CraftedFile.AddFloats(root, $"{i}", 1);
        var path = WriteFile(root);
        using (var file = Hdf5File.Open(path))
            Assert.That(file.Root.Names, Has.Count.EqualTo(Count));
        CompareWithReference(path);
    }

    [Test]
    public void Write_ThenExtendedByH5py_StillReadByBoth()
    {
        var root = new Hdf5GroupBuilder();
        for (var i = 0; i < 300; i++)
            AddNumbers(root.AddGroup($"layer{i}"), "kernel", Hdf5Type.Float32, 3, i % 4);
        root.AddAttribute("names", ["a", "b"]);
        root.AddGroup("empty");
        var path = WriteFile(root);
        Hdf5Reference.Run("extend", path);
        var listing = Hdf5Listing.Of(path);
        Assert.That(listing, Has.Count.GreaterThan(1000));
        Assert.That(listing.Order(StringComparer.Ordinal), Is.EqualTo(Hdf5Reference.List(path).Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Write_SameContentTwice_SameBytesThroughAnyStream()
    {
        static Hdf5GroupBuilder Tree()
        {
            var root = new Hdf5GroupBuilder();
            AddNumbers(root.AddGroup("b"), "data", Hdf5Type.Float32, 7);
            AddNumbers(root.AddGroup("a"), "data", Hdf5Type.Int32, 7);
            root.AddAttribute("list", ["one", "two"]);
            return root;
        }

        using var first = new MemoryStream();
        Hdf5Writer.Write(first, Tree());
        var path = folder.File("second.h5");
        // This stream cannot seek.
        using (var file = File.Create(path))
        using (var second = new BufferedStream(new System.IO.Compression.ZLibStream(file, System.IO.Compression.CompressionLevel.NoCompression)))
            Hdf5Writer.Write(second, Tree());
        using var unpacked = new MemoryStream();
        using (var packed = new System.IO.Compression.ZLibStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress))
            packed.CopyTo(unpacked);
        Assert.That(unpacked.ToArray(), Is.EqualTo(first.ToArray()));
    }

    [Test]
    public void Write_LargeData_NoSecondCopyIsHeld()
    {
        const int PieceBytes = 1 << 16, Pieces = 4096;
        var piece = new byte[PieceBytes];
        var root = new Hdf5GroupBuilder();
        for (var i = 0; i < 4; i++)
            root.AddDataset($"{i}", Hdf5Type.Float32, [Pieces, PieceBytes / 4], stream =>
            {
                for (var written = 0; written < Pieces; written++)
                    stream.Write(piece);
            });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Hdf5Writer.Write(Stream.Null, root);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [TestCase(11)]
    [TestCase(13)]
    public void Write_CallbackWritesAnotherNumberOfBytes_NamesTheDataset(int bytes)
    {
        var root = new Hdf5GroupBuilder();
        root.AddGroup("g").AddDataset("d", Hdf5Type.Float32, [3], stream => stream.Write(new byte[bytes]));
        Assert.That(
            () => Hdf5Writer.Write(Stream.Null, root),
            Throws.InvalidOperationException.With.Message.EqualTo($"the dataset '/g/d' has 12 bytes; its callback wrote {bytes}"));
    }

    [TestCase("a/b")]
    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a\0b")]
    [TestCase("taken")]
    public void AddGroup_ImpossibleName_ArgumentException(string name)
    {
        var root = new Hdf5GroupBuilder();
        root.AddGroup("taken");
        Assert.That(() => root.AddGroup(name), Throws.InstanceOf<ArgumentException>());
        Assert.That(root.Members, Has.Count.EqualTo(1));
    }

    [Test]
    public void AddAttribute_Impossible_ArgumentException()
    {
        var root = new Hdf5GroupBuilder();
        root.AddAttribute("taken", "");
        Assert.That(() => root.AddAttribute("taken", ""), Throws.ArgumentException.With.Message.Contains("'taken'"));
        Assert.That(() => root.AddAttribute("a", "x\0y"), Throws.ArgumentException);
        Assert.That(() => root.AddAttribute("a", "ß", Hdf5CharacterSet.Ascii), Throws.ArgumentException);
        Assert.That(() => root.AddAttribute("a", Hdf5Type.Float32, [2], new byte[7]), Throws.ArgumentException.With.Message.Contains("has 8 bytes; got 7"));
        Assert.That(() => root.AddAttribute("a", Hdf5Type.Float32, [-2], default), Throws.ArgumentException.With.Message.Contains("[-2] is impossible"));
        Assert.That(() => root.AddAttribute("a", Hdf5Type.Float(3), [], new byte[3]), Throws.ArgumentException.With.Message.Contains("float24"));
        Assert.That(() => root.AddAttribute("a", new string[5000].Select(static _ => "x").ToArray()), Throws.ArgumentException.With.Message.Contains("split it"));
    }

    private static byte[] Bytes(Hdf5Type type, int count)
    {
        var bytes = new byte[count * type.SizeBytes];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = type.Kind switch
            {
                Hdf5Kind.Boolean => (byte)(i % 3 == 0 ? 1 : 0),
                Hdf5Kind.FixedString => (byte)(i % 5 > 3 ? 0 : 'a' + i % 26),
                // No pattern of these is a number that is not one.
                _ => (byte)(i % 64),
            };
        return bytes;
    }

    private static void AddNumbers(Hdf5GroupBuilder group, string name, Hdf5Type type, params long[] shape)
    {
        var bytes = Bytes(type, (int)shape.Aggregate(1L, static (a, b) => a * b));
        group.AddDataset(name, type, shape, stream => stream.Write(bytes)).AddAttribute("shape", string.Join(" ", shape));
    }

    private static void CompareWithReference(string path)
    {
        var expected = Hdf5Reference.List(path);
        Assert.That(Hdf5Listing.Of(path).Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
        Hdf5Tools.Run("h5dump", "--header", path);
    }

    private string WriteFile(Hdf5GroupBuilder root)
    {
        var path = folder.File("written.h5");
        using var stream = File.Create(path);
        Hdf5Writer.Write(stream, root);
        return path;
    }
}
