using GpuKeras.Hdf5;
using GpuKeras.Hdf5.Reading;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Files made to harm their reader, each refused with the typed error and without much memory.</summary>
public sealed class Hdf5AttackTests
{
    // An entry's header address lies behind its name; the entries behind the leaf's head.
    private const int FirstEntry = 8, EntryBytes = 40, EntryAddress = 8;

    // The address in a contiguous layout lies behind version and class.
    private const int LayoutAddress = 2, LayoutSize = 10;

    // The sizes in a dataspace lie behind its head.
    private const int FirstSize = 8;

    private static CraftedFile TwoDatasets => CraftedFile.With(root =>
    {
        CraftedFile.AddFloats(root, "a", 100);
        CraftedFile.AddFloats(root, "b", 100);
    });

    [Test]
    public void Group_ItsOwnParentAsMember_Refused()
    {
        var file = CraftedFile.With(static root => root.AddGroup("a").AddGroup("b"));
        var inner = (int)file.Get(file.Find("SNOD", 1) + FirstEntry + EntryAddress);
        Assert.That(inner, Is.EqualTo(file.Header("a/b")));
        file.Set(file.Find("SNOD", 1) + FirstEntry + EntryAddress, file.Header("/")).IsRefused("'/a/b' is the group '/' again");
    }

    [Test]
    public void Group_TwoNames_Refused()
    {
        var file = CraftedFile.With(static root =>
        {
            root.AddGroup("a");
            root.AddGroup("b");
        });
        file.Set(file.Find("SNOD") + FirstEntry + EntryBytes + EntryAddress, file.Header("a")).IsRefused("'/b' is the group '/a' again");
    }

    [Test]
    public void Groups_DeeperThanTheLimit_Refused()
    {
        var file = CraftedFile.With(static root =>
        {
            for (var i = 0; i < Hdf5Limits.Default.MaxDepth; i++)
                root = root.AddGroup("deep");
        });
        Assert.That(file.List(), Has.Count.EqualTo(1 + Hdf5Limits.Default.MaxDepth));
        CraftedFile.With(static root =>
        {
            for (var i = 0; i <= Hdf5Limits.Default.MaxDepth; i++)
                root = root.AddGroup("deep");
        }).IsRefused("65 groups deep; at most 64");
    }

    [Test]
    public void Objects_MoreThanTheLimit_Refused() =>
        TwoDatasets.IsRefused("at most 2 groups and datasets", new Hdf5Limits { MaxObjects = 2 });

    [TestCase(0)]
    [TestCase(1)]
    public void GroupTree_ChildIsTheNodeItselfOrItsBrother_Refused(int brother)
    {
        var file = CraftedFile.With(static root =>
        {
            for (var i = 0; i < 300; i++)
                root.AddGroup($"n{i}");
        });
        // The groups' own trees come after the root's two lower nodes and its upper one.
        var (first, upper) = (file.Find("TREE"), file.Find("TREE", 2));
        Assert.That(file.Bytes[upper + 5], Is.EqualTo(1), "the level");
        Assert.That(file.Get(upper + 32), Is.EqualTo(first));
        file.Set(upper + 48, brother == 0 ? upper : first).IsRefused("serve another purpose");
    }

    [Test]
    public void Header_ContinuationIsTheHeader_Refused()
    {
        var file = CraftedFile.WithFloats(3);
        var (header, body) = (file.Header("d"), file.Message("d", MessageType.Layout));
        file.Set(body - 8, (int)MessageType.Continuation, 2).Set(body, header).Set(body + 8, 64).IsRefused("serve another purpose");
    }

    [Test]
    public void Data_SharedByTwoDatasets_Refused()
    {
        var file = TwoDatasets;
        var first = file.Get(file.Message("a", MessageType.Layout) + LayoutAddress);
        file.Set(file.Message("b", MessageType.Layout) + LayoutAddress, first + 4).IsRefused("serve another purpose");
    }

    [Test]
    public void Data_InTheSuperblock_Refused()
    {
        var file = CraftedFile.WithFloats(3);
        file.Set(file.Message("d", MessageType.Layout) + LayoutAddress, 0).IsRefused("serve another purpose");
    }

    [TestCase(-3, "would take 12 bytes")]
    [TestCase(0, "outside the file")]
    [TestCase(long.MaxValue / 2, "outside the file")]
    [TestCase(long.MaxValue, "outside the file")]
    public void Data_OutsideTheFile_Refused(long behindTheEnd, string because)
    {
        var file = CraftedFile.WithFloats(3);
        file.Set(file.Message("d", MessageType.Layout) + LayoutAddress, unchecked(file.Bytes.Length + behindTheEnd)).IsRefused(because);
    }

    [Test]
    public void Shape_LargerThanTheData_Refused()
    {
        var file = CraftedFile.WithFloats(3);
        file.Set(file.Message("d", MessageType.Dataspace) + FirstSize, 1L << 33).IsRefused("has 34359738368; the file says 12");
    }

    [Test]
    public void Shape_AndDataLargerThanTheFile_Refused()
    {
        var file = CraftedFile.WithFloats(3);
        var (space, layout) = (file.Message("d", MessageType.Dataspace), file.Message("d", MessageType.Layout));
        file.Set(space + FirstSize, 1L << 33).Set(layout + LayoutSize, 1L << 35).IsRefused("but the file has");
    }

    [TestCase(1L << 33, 1L, "more than")]
    [TestCase(1L << 32, 1L << 32, "elements")]
    [TestCase(long.MaxValue, 2L, "elements")]
    [TestCase(-1L, 1L, "impossible")]
    [TestCase(0L, long.MaxValue, "elements")]
    public void Shape_WithoutData_Refused(long rows, long columns, string because)
    {
        var file = CraftedFile.WithFloats(0, 1);
        var space = file.Message("d", MessageType.Dataspace) + FirstSize;
        file.Set(space, rows).Set(space + 8, columns).IsRefused(because == "more than" ? "not stored" : because);
    }

    [Test]
    public void Shapes_WithoutData_TogetherTooLarge_Refused()
    {
        var file = CraftedFile.With(static root =>
        {
            for (var i = 0; i < 5; i++)
                CraftedFile.AddFloats(root, $"d{i}", 0);
        });
        var each = file.Bytes.Length * (long)Hdf5Limits.Default.MaxExpansion / 4 / sizeof(float);
        for (var i = 0; i < 4; i++)
            file.Set(file.Message($"d{i}", MessageType.Dataspace) + FirstSize, each);
        using (var opened = file.Open())
            Assert.That(opened.Root.Members.Count(), Is.EqualTo(5));
        file.Set(file.Message("d4", MessageType.Dataspace) + FirstSize, each);
        using var refused = file.Open();
        Assert.That(() => refused.Root.Members.Count(), Throws.TypeOf<Hdf5Exception>().With.Message.Contains("not stored"));
    }

    [Test]
    public void Shape_MoreAxesThanTheLimit_Refused() =>
        CraftedFile.WithFloats(1, 1, 1).IsRefused("may have 2 axes; this one has 3", new Hdf5Limits { MaxRank = 2 });

    [Test]
    public void Shape_MoreElementsThanTheLimit_Refused() =>
        CraftedFile.WithFloats(5).IsRefused("more than 4 elements", new Hdf5Limits { MaxElements = 4 });

    [TestCase("soft", "a soft link, which is not followed")]
    [TestCase("external", "not followed")]
    public void Link_SoftOrExternal_ListedButNotFollowed(string name, string because)
    {
        foreach (var sample in new[] { Hdf5Samples.Links, Hdf5Samples.NewLinks })
        {
            using var file = new CraftedFile(sample).Open();
            Assert.That(file.Root.Names, Is.EquivalentTo(new[] { "d", "external", "soft" }));
            Assert.That(file.Root.Dataset("d").ElementCount, Is.EqualTo(1));
            Assert.That(() => file.Root.Find(name), Throws.TypeOf<Hdf5Exception>().With.Message.Contains(name == "soft" ? because : $"'/{name}' cannot be opened"));
        }
    }

    [Test]
    public void Dataset_ExternalStorage_Refused() => new CraftedFile(Hdf5Samples.External).IsRefused("data in other files is not read");

    [Test]
    public void Dataset_Virtual_Refused() => new CraftedFile(Hdf5Samples.Virtual).IsRefused("virtual datasets");

    [Test]
    public void File_CutAtAnyByte_Refused()
    {
        foreach (var bytes in new[] { TwoDatasets.Bytes, Hdf5Samples.Chunked })
            for (var length = 0; length < bytes.Length; length++)
                Assert.That(() => new CraftedFile(bytes[..length]).List(), Throws.TypeOf<Hdf5Exception>(), $"{length} bytes");
    }

    [TestCase("Chunked")]
    [TestCase("New")]
    [TestCase("Types")]
    [TestCase("ours")]
    public void File_AnyByteChanged_NothingButTheTypedError(string sample)
    {
        var original = sample switch
        {
            "Chunked" => Hdf5Samples.Chunked,
            "New" => Hdf5Samples.New,
            "Types" => Hdf5Samples.Types,
            _ => CraftedFile.With(static root =>
            {
                root.AddAttribute("list", ["a", "bb", "ccc"]);
                CraftedFile.AddFloats(root.AddGroup("g"), "d", 2, 3);
                root.AddAttribute("text", "one");
            }).Bytes,
        };
        foreach (var change in new byte[] { 0x01, 0x80, 0xff })
            for (var at = 0; at < original.Length; at++)
            {
                var bytes = (byte[])original.Clone();
                bytes[at] ^= change;
                try
                {
                    new CraftedFile(bytes).List();
                }
                catch (Hdf5Exception)
                {
                }
                catch (Exception other)
                {
                    Assert.Fail($"byte {at} ^ {change:x2}: {other}");
                }
            }
    }
}
