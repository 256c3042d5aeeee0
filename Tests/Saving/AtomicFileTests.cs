using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>Whole files or none.</summary>
public sealed class AtomicFileTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Write_WriterFails_OldContentsStayAndNothingElse()
    {
        var path = folder.Write("a.bin", [1, 2, 3]);
        Assert.That(
            () => AtomicFile.Write(path, static stream =>
            {
                stream.Write([9, 9]);
                throw new InvalidOperationException("half way");
            }),
            Throws.InvalidOperationException.With.Message.EqualTo("half way"));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "a.bin" }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void Write_ExistingFile_Replaced()
    {
        var path = folder.Write("a.bin", [1, 2, 3]);
        AtomicFile.Write(path, static stream => stream.Write([7]));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "a.bin" }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void Write_NoFolder_NamesIt() => Assert.That(
        () => AtomicFile.Write(folder.File("missing/a.bin"), static _ => { }),
        Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("missing"));

    [Test]
    public void Write_FolderIsAFile_Refused()
    {
        folder.Write("file", [1]);
        Assert.That(
            () => AtomicFile.Write(folder.File("file/a.bin"), static _ => { }),
            Throws.InstanceOf<IOException>().With.Message.Contains("file"));
    }

    [Test]
    public void Write_PathIsAFolder_Refused()
    {
        Assert.That(
            () => AtomicFile.Write(folder.FullName, static _ => { }), Throws.TypeOf<IOException>().With.Message.Contains("is a folder"));
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Folder permissions are set the Unix way.")]
    public void Write_UnwritableFolder_NamesTheFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("A privileged process may write to every folder.");
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.That(
                () => AtomicFile.Write(folder.File("a.bin"), static _ => { }),
                Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains("a.bin"));
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Assert.That(folder.FileNames, Is.Empty);
    }
}
