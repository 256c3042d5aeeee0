using GpuKeras.Perf.Peers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary>A child process that answers lines, and what is said when it does not.</summary>
public class PeerProcessTests
{
    [Test]
    public void Process_Answers_PreparesAndMeasures()
    {
        using var process = Shell("""
            echo '{"description":"shell 1"}'
            read line; echo '{"parameters":7,"first_loss":2.5}'
            read line; [ "$line" = "measure op/x 0.5 3" ] && echo '{"ms":1.5}'
            """);
        Assert.That(process.Description, Is.EqualTo("shell 1"));
        var evidence = process.Prepare("op/x", 4);
        Assert.That((evidence.Parameters, evidence.FirstLoss, evidence.LastLoss), Is.EqualTo(((long?)7, (double?)2.5, (double?)null)));
        Assert.That(process.Measure("op/x", TimeSpan.FromSeconds(0.5), 3), Is.EqualTo(1.5));
    }

    [Test]
    public void Process_SaysError_IsAbsentWithItsWords()
    {
        using var process = Shell("""echo '{}'; read line; echo '{"error":"KeyError: what"}'""");
        Assert.That(() => process.Prepare("op/what", 4), Throws.TypeOf<PeerAbsentException>().With.Message.EqualTo("KeyError: what"));
    }

    [Test]
    public void Process_Ends_IsAbsentWithItsLastErrorLine() =>
        Assert.That(
            () => Shell("echo 'first' >&2; echo 'No module named torch' >&2; exit 1"),
            Throws.TypeOf<PeerAbsentException>().With.Message.EqualTo("No module named torch"));

    [Test]
    public void Program_NotThere_IsAbsent() =>
        Assert.That(() => new PeerProcess("no-such-program-anywhere"), Throws.TypeOf<PeerAbsentException>().With.Message.Contains("no-such-program"));

    [Test]
    public void Torch_NotThere_HintsHowToInstallIt() =>
        Assert.That(
            () => TorchPeer.Start("no-such-python", processCount: 1, threads: 1),
            Throws.TypeOf<PeerAbsentException>().With.Message.Contains("no-such-python").And.Message.Contains("apt-get install python3-torch"));

    [Test]
    public void OnnxRuntime_NotThere_HintsHowToInstallIt()
    {
        using var folder = new TemporaryFolder();
        Assert.That(
            () => OnnxRuntimePeer.Start(folder.FullName, threads: 1),
            Throws.TypeOf<PeerAbsentException>().With.Message.Contains(folder.FullName).And.Message.Contains("npm i onnxruntime-node"));
    }

    private static PeerProcess Shell(string script)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("there is no POSIX shell on Windows");
        return new PeerProcess("sh", "-c", script);
    }
}
