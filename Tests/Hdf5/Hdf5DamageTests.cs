using GpuKeras.Hdf5;
using GpuKeras.Hdf5.Reading;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Damaged superblocks, names, strings and chunks: each error says what is wrong.</summary>
public sealed class Hdf5DamageTests
{
    private const int FirstEntry = 8, EntryBytes = 40, FirstSize = 8;

    // In a version 1 tree of two-dimensional chunks: the key is size, mask and three offsets, then comes the chunk's address.
    private const int FirstKey = 24, KeyBytes = 8 + 3 * 8;

    private static CraftedFile Texts => CraftedFile.With(static root => root.AddAttribute("list", ["first", "second"]));

    [TestCase(0, "must begin with")]
    [TestCase(8, "version 9 of the superblock")]
    [TestCase(13, "addresses and lengths must have")]
    [TestCase(16, "room for children")]
    [TestCase(24, "the base address")]
    [TestCase(41, "the file must have")]
    [TestCase(65, "outside the file")]
    public void Superblock_Changed_Refused(int at, string because) =>
        CraftedFile.WithFloats(3).Set(at, at switch { 16 => 0, 24 => 8, _ => 9 }, 1).IsRefused(because);

    [Test]
    public void Superblock_NewOne_ChecksumIsVerified()
    {
        var file = new CraftedFile(Hdf5Samples.New);
        file.Set(11, 1, 1).IsRefused("the checksum of the superblock");
        Assert.That(file.Sum(0, 48).List(), Is.Not.Empty);
    }

    [Test]
    public void Header_NewOne_ChecksumIsVerified()
    {
        var file = new CraftedFile(Hdf5Samples.New);
        file.Set(file.Header("d") + 10, 0x55, 1).IsRefused("the checksum of an object header");
    }

    [TestCase("BTHD", "the checksum of a tree")]
    [TestCase("BTLF", "the checksum of a node of a tree")]
    [TestCase("FRHP", "the checksum of a heap")]
    [TestCase("FADB", "the checksum of a fixed index of chunks")]
    [TestCase("EAHD", "the checksum of an extensible index of chunks")]
    [TestCase("EAIB", "the checksum of an extensible index of chunks")]
    public void Block_NewOne_ChecksumIsVerified(string signature, string because)
    {
        var file = new CraftedFile(Hdf5Samples.New);
        var at = file.Find(signature) + 6;
        file.Set(at, file.Bytes[at] ^ 1, 1).IsRefused(because);
    }

    [Test]
    public void Header_UnknownMessageThatMustBeUnderstood_Refused()
    {
        var file = CraftedFile.WithFloats(3);
        var message = file.Message("d", MessageType.FillValue) - 8;
        Assert.That(file.Set(message, 0x40, 2).List(), Has.Count.EqualTo(2));
        file.Set(message + 4, 0x80, 1).IsRefused("must be understood");
    }

    [Test]
    public void Object_NeitherGroupNorDataset_Refused()
    {
        using var file = new CraftedFile(Hdf5Samples.Types).Open();
        Assert.That(() => file.Root.Find("named"), Throws.TypeOf<Hdf5Exception>().With.Message.Contains("'/named' must be a group or a dataset"));
    }

    [Test]
    public void Dataset_TypeThatIsNotRead_ListedAndNamed()
    {
        using var file = new CraftedFile(Hdf5Samples.Types).Open();
        Assert.That(file.Root.Dataset("compound").Type.ToString(), Is.EqualTo("compound"));
        Assert.That(file.Root.Dataset("long").Type.Kind, Is.EqualTo(Hdf5Kind.Unsupported));
        Assert.That(file.Root.Dataset("enum").Type, Is.EqualTo(Hdf5Type.Int32));
        Assert.That(file.Root.Dataset("uses").Type, Is.EqualTo(Hdf5Type.Float32), "a type with a name");
        Assert.That(file.Root.Dataset("uses").FindAttribute("ref")!.Type.ToString(), Is.EqualTo("reference"));
        Assert.That(() => file.Root.Dataset("enum").ReadStrings(), Throws.TypeOf<Hdf5Exception>().With.Message.Contains("must hold strings; its type is int32"));
    }

    [TestCase(0, "must have characters")]
    [TestCase(1 << 20, "would start at byte 1048576")]
    [TestCase(-1, "impossible")]
    public void Name_OutsideTheHeapOrEmpty_Refused(long offset, string because)
    {
        var file = CraftedFile.WithFloats(3);
        file.Set(file.Find("SNOD") + FirstEntry, offset).IsRefused(because);
    }

    [Test]
    public void Name_NotUtf8OrWithSlashOrTooLong_Refused()
    {
        CraftedFile Named(byte character)
        {
            var file = CraftedFile.WithFloats(3);
            return file.Set(file.Find("HEAP") + 32 + 8, character, 1);
        }

        Named(0xff).IsRefused("not UTF-8");
        Named((byte)'/').IsRefused("'/' must not be in a name");
        CraftedFile.With(static root => root.AddGroup("longer")).IsRefused("a name of 6 bytes is too long; at most 5", new Hdf5Limits { MaxNameBytes = 5 });
    }

    [Test]
    public void Names_Twice_Refused()
    {
        var file = CraftedFile.With(static root =>
        {
            root.AddGroup("a");
            root.AddGroup("b");
        });
        var entry = file.Find("SNOD") + FirstEntry;
        file.Set(entry + EntryBytes, file.Get(entry)).IsRefused("two members of '/' are called 'a'");
    }

    [Test]
    public void Names_SharingBytes_Refused()
    {
        var file = CraftedFile.With(static root =>
        {
            root.AddGroup(new string('a', 100));
            for (var i = 0; i < 5; i++)
                root.AddGroup($"b{i}");
        });
        var entry = file.Find("SNOD") + FirstEntry;
        for (var i = 1; i <= 5; i++)
            file.Set(entry + i * EntryBytes, file.Get(entry) + i);
        file.IsRefused("the names of a group overlap");
    }

    [TestCase(0, 6, "its place has 5")]
    [TestCase(0, 100, "its place has 5")]
    [TestCase(12, 9, "has no object 9")]
    [TestCase(12, 2, "belongs to the reference")]
    [TestCase(4, 100, "must begin with 'GCOL'")]
    public void String_ReferenceChanged_Refused(int field, long value, string because)
    {
        var file = Texts;
        file.Set(file.Value("/", "list") + field, value, field == 4 ? 8 : 4).IsRefused(because);
    }

    [Test]
    public void String_ObjectLargerThanItsHeap_Refused()
    {
        var file = Texts;
        file.Set(file.Find("GCOL") + 16 + 8, 5000).IsRefused("does not fit its heap");
    }

    [Test]
    public void String_HeapLargerThanTheFile_Refused()
    {
        var file = Texts;
        file.Set(file.Find("GCOL") + 8, 1L << 40).IsRefused("but the file has");
    }

    [Test]
    public void Strings_LongerThanTheLimit_Refused() => Texts.IsRefused("at most 5 are read", new Hdf5Limits { MaxAttributeBytes = 10 });

    [Test]
    public void Attribute_MoreElementsThanBytes_Refused()
    {
        var file = CraftedFile.With(static root => root.AddAttribute("array", Hdf5Type.Float32, [2], new byte[8]));
        var sizes = file.Value("/", "array");
        using (var opened = file.Open())
            sizes = (int)opened.Root.Header.Messages.Single(static message => message.Type == MessageType.Attribute).Address + 8 + 8 + 24 + FirstSize;
        Assert.That(file.Get(sizes), Is.EqualTo(2));
        file.Set(sizes, 3).IsRefused("would have 3 elements of 4 bytes in 8");
    }

    [Test]
    public void Filter_Unknown_Refused() => new CraftedFile(Hdf5Samples.Lzf).IsRefused("the filter 32000 is not read");

    [Test]
    public void Filter_Twice_Refused()
    {
        var file = new CraftedFile(Hdf5Samples.Chunked);
        var filters = file.Message("d", MessageType.FilterPipeline);
        // The first is shuffle with a name of 8 bytes and one value, filled up; the second is deflate.
        Assert.That(file.Bytes[filters + 8 + 8 + 8 + 8], Is.EqualTo(1));
        file.Set(filters + 8 + 8 + 8 + 8, 2, 2).IsRefused("the filter 2 comes twice");
    }

    [Test]
    public void Chunks_ShapeMuchLargerThanWhatIsStored_Refused()
    {
        var file = new CraftedFile(Hdf5Samples.Chunked);
        file.Set(file.Message("d", MessageType.Dataspace) + FirstSize, 1L << 34).IsRefused("not stored");
    }

    [TestCase(0, 16, "impossible or too large")]
    [TestCase(8, 16, "more than the 512 bytes")]
    [TestCase(24, 16, "cannot begin at element 16 of axis 0")]
    [TestCase(4096, 16, "a chunk of 262144 bytes cannot come from")]
    [TestCase(1 << 16, 1 << 16, "impossible or too large")]
    public void Chunks_OtherSize_Refused(long rows, long columns, string because)
    {
        var file = new CraftedFile(Hdf5Samples.Chunked);
        // Behind version, class, number of axes and the tree's address.
        var sizes = file.Message("d", MessageType.Layout) + 11;
        Assert.That(file.Bytes[sizes], Is.EqualTo(16));
        file.Set(sizes, rows, 4).Set(sizes + 4, columns, 4).IsRefused(because);
    }

    [TestCase(0, 1L, "cannot come from 0 stored")]
    [TestCase(8, 1L << 20, "outside the dataset")]
    [TestCase(8, 3L, "cannot begin at element 3")]
    [TestCase(KeyBytes, 96L, "another purpose")]
    [TestCase(KeyBytes, 1L << 40, "outside the file")]
    public void Chunk_EntryChanged_Refused(int field, long value, string because)
    {
        var file = new CraftedFile(Hdf5Samples.Chunked);
        var key = file.Find("TREE", 1) + FirstKey;
        file.Set(key + field, field == 0 ? 0 : value, field == 0 ? 4 : 8).IsRefused(because);
    }

    [Test]
    public void Chunk_Twice_Refused()
    {
        var file = new CraftedFile(Hdf5Samples.Chunked);
        var key = file.Find("TREE", 1) + FirstKey;
        var second = key + KeyBytes + 8;
        file.Set(second + 8, file.Get(key + 8)).Set(second + 16, file.Get(key + 16)).IsRefused("comes twice");
    }

    [TestCase(10, "cannot be unpacked")]
    [TestCase(0, "unpacked")]
    public void Chunk_DataChanged_Refused(int offset, string because)
    {
        var file = new CraftedFile(Hdf5Samples.Chunked);
        var chunk = (int)file.Get(file.Find("TREE", 1) + FirstKey + KeyBytes);
        var changed = file.Set(chunk + offset, file.Bytes[chunk + offset] ^ 0x55, 1);
        Assert.That(() => changed.List(), Throws.TypeOf<Hdf5Exception>().With.Message.Contains(because).Or.Message.Contains("checksum"));
    }
}
