using System.Diagnostics;
using GpuKeras.Layers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>A file that is being replaced, and a program or a disk that fails meanwhile: the old file or the new one, never a part.</summary>
[Platform(Exclude = "Win", Reason = "Processes are limited and killed the Unix way.")]
[Parallelizable]
public sealed class InterruptedSavingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("m.keras")]
    [TestCase("w.weights.h5")]
    [TestCase("w.safetensors")]
    public void Save_Killed_AWholeFileIsThere(string name)
    {
        var path = folder.File(name);
        // At several moments of a save, which takes some ten milliseconds.
        for (var delay = 0; delay < 4; delay++)
        {
            using (var saving = new RunningProgram([Program, path, "1000000"]))
            {
                saving.WaitForOutput("saved 2", Limit);
                Thread.Sleep(7 * delay);
            }
            AssertWhole(path);
        }
    }

    [TestCase("m.keras")]
    [TestCase("w.weights.h5")]
    [TestCase("w.safetensors")]
    public void Save_DiskFull_OldFileStaysAndNothingElse(string name)
    {
        var path = folder.File(name);
        using (var saving = new RunningProgram([Program, path, "1"]))
            Assert.That(saving.WaitForExit(Limit), Is.Zero, saving.Errors);
        var before = File.ReadAllBytes(path);
        // Files of at most 1,024 blocks of 512 or 1,024 bytes: less than the 8 MiB of weights. Beyond them writing fails, once the signal
        // is ignored that would otherwise end the program.
        var (code, output) = RunInShell($"trap '' XFSZ; ulimit -f 1024; exec dotnet '{Program}' '{path}' 1");
        Assert.That(code, Is.EqualTo(3), output);
        Assert.That(output, Does.StartWith("refused: "));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { name }));
    }

    [Test]
    public void Save_ReadOnlyFolder_NamesTheFileAndLeavesNothing()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            // A privileged user may write everywhere, and so runs the program as nobody.
            var prefix = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
            if (RunInShell($"{prefix}dotnet --version").Code != 0)
                Assert.Ignore("No program can be run here as another user.");
            var (code, output) = RunInShell($"{prefix}dotnet '{Program}' '{folder.File("m.keras")}' 1");
            Assert.That(code, Is.EqualTo(3), output);
            Assert.That(output, Does.Contain("m.keras").And.Contain("may not be written to"));
            Assert.That(folder.FileNames, Is.Empty);
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Program => Path.Combine(TestContext.CurrentContext.TestDirectory, "GpuKeras.Tests.SavingProgram.dll");

    private static (int Code, string Output) RunInShell(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The runtime's own files must fit within the limit of the size of files.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_CLI_HOME"] = Path.GetTempPath();
        // Another user may not see this user's devices.
        start.Environment["GPUKERAS_DEVICE"] = "cpu";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static void AssertWhole(string path)
    {
        var model = new Sequential([new InputLayer([512]), new Dense(2048, useBias: false), new Dense(512, useBias: false)]);
        model.LoadWeights(path);
        var number = model.Weights[0].ToArray<float>()[0];
        Assert.That(number, Is.GreaterThanOrEqualTo(2));
        foreach (var weight in model.Weights)
            Assert.That(weight.ToArray<float>().Distinct(), Is.EqualTo(new[] { number }), weight.Path);
    }
}
