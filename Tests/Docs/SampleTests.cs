using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Docs;

/// <summary>The programs under docs/samples compile, run, and print what they promise. They see a small part of MNIST.</summary>
// Its programs are processes of their own.
[Parallelizable]
public class SampleTests
{
    private SmallMnist data = null!;
    private DirectoryInfo folder = null!;

    public static IEnumerable<string> Samples =>
        Directory.GetFiles(
            Repository.PathOf("docs", "samples"), "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [OneTimeSetUp]
    public void MakeData()
    {
        data = new SmallMnist(trainCount: 1000, testCount: 200);
        folder = Directory.CreateTempSubdirectory("gpukeras-samples-");
    }

    [OneTimeTearDown]
    public void RemoveData()
    {
        data.Dispose();
        folder.Delete(recursive: true);
    }

    [TestCaseSource(nameof(Samples))]
    public void Sample_Runs(string name) => Run(name, "cpu");

    // These programs do without dynamic code, and so does the kernel compiler in them.
    [Test]
    public void Sample_OnAnOpenClDevice_Runs() => Run("files.cs", TestDevices.OpenCl.Name);

    [TestCaseSource(nameof(Samples))]
    public void Sample_IsTheDesignsProgramUnchanged(string name)
    {
        var design = Path.Combine(Repository.Root, "..", "shared", "design", "api", name);
        if (!File.Exists(design))
            Assert.Ignore("the design's programs are not beside this checkout, or this sample is not one of them");
        var lines = File.ReadAllLines(Repository.PathOf("docs", "samples", name)).Where(
            static line => !line.StartsWith("#:", StringComparison.Ordinal));
        Assert.That(lines, Is.EqualTo(File.ReadAllLines(design)));
    }

    private void Run(string name, string device)
    {
        using var run = new RunningProgram(
            ["run", "-c", "Release", Repository.PathOf("docs", "samples", name)],
            new Dictionary<string, string> { ["GPUKERAS_DATA"] = data.Folder, ["GPUKERAS_DEVICE"] = device },
            folder.FullName);
        Assert.That(run.WaitForExit(TimeSpan.FromMinutes(5)), Is.Zero, run.Output + run.Errors);
        Assert.That(run.Output, Does.Match(Expected(name)));
    }

    // What the last lines must look like; a sample without an entry has to print something.
    private static string Expected(string name) => name switch
    {
        "custom_loop.cs" => @"training accuracy: 0\.\d{4}\s+\[6, 12, 18\]",
        "custom_step.cs" => @"0\.\d+\s*$",
        "devices.cs" => @"\[\[3, 3\],\s+\[7, 7\]\]\s+\d+ bytes live",
        "files.cs" => @"equal: True\s+.*loss: \d",
        "functional.cs" => @"\[256, 4\]",
        "sequential.cs" => @"best: 0\.\d{4}\s+\[\[",
        "subclassing.cs" => @"test accuracy: 0\.\d{4}",
        _ => @"\S",
    };
}
