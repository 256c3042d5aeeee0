using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices;

public class KernelCacheTests
{
    private static readonly byte[] Contents = [.. Enumerable.Range(0, 5000).Select(static i => (byte)(i * 7))];

    [Test]
    public void Write_ThenRead_GivesTheContents()
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(Path.Combine(folder.FullName, "made", "when", "needed"));
        Assert.That(cache.Read("key"), Is.Null);
        cache.Write("key", Contents);
        Assert.That(cache.Read("key"), Is.EqualTo(Contents));
        Assert.That(cache.Read("other"), Is.Null);
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(32)]
    [TestCase(4000)]
    public void CutEntry_CountsAsAbsent(int length)
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(folder.FullName);
        cache.Write("key", Contents);
        File.WriteAllBytes(cache.PathOf("key"), File.ReadAllBytes(cache.PathOf("key"))[..length]);
        Assert.That(cache.Read("key"), Is.Null);
    }

    [Test]
    public void ChangedEntry_CountsAsAbsent()
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(folder.FullName);
        cache.Write("key", Contents);
        var bytes = File.ReadAllBytes(cache.PathOf("key"));
        bytes[1000] ^= 1;
        File.WriteAllBytes(cache.PathOf("key"), bytes);
        Assert.That(cache.Read("key"), Is.Null);
    }

    [Test]
    public void ManyWritersAndReaders_SeeWholeEntries()
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(folder.FullName);
        Parallel.For(0, 200, i =>
        {
            cache.Write("key", Enumerable.Repeat((byte)i, 100_000).ToArray());
            Assert.That(cache.Read("key")?.Distinct().Count(), Is.EqualTo(1));
        });
        Assert.That(Directory.GetFiles(folder.FullName), Has.Length.EqualTo(1), "nothing unfinished stays");
    }

    [Test]
    public void FolderThatCannotBe_IsNoError()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.FullName, "file"), "");
        var cache = new KernelCache(Path.Combine(folder.FullName, "file"));
        cache.Write("key", Contents);
        Assert.That(cache.Read("key"), Is.Null);
    }

    [Test]
    public void EntryThatCannotBeReplaced_IsNoErrorAndNothingUnfinishedStays()
    {
        using var folder = new TemporaryFolder();
        var cache = new KernelCache(folder.FullName);
        Directory.CreateDirectory(Path.Combine(cache.PathOf("key"), "inside"));
        cache.Write("key", Contents);
        Assert.That(cache.Read("key"), Is.Null);
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    public void Key_DependsOnEachPartAndTheirBorders() =>
        Assert.That(
            new[] { KernelCache.Key("a", "b"), KernelCache.Key("ab", ""), KernelCache.Key("a", "c"), KernelCache.Key("a") }.Distinct().Count(),
            Is.EqualTo(4));
}
