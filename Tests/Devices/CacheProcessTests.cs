using GpuKeras.Tests.Devices.Tuning;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices;

/// <summary>Processes that keep the same entry of a cache, and one that is killed meanwhile: the old entry or the new one, never a part.</summary>
[Parallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CacheProcessTests : IDisposable
{
    private const int Reads = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase("kernels")]
    [TestCase("tuning")]
    public void ProcessesThatWriteAtOnce_LeaveAWholeEntryAtAnyTime(string kind)
    {
        using var first = Write(kind);
        using var second = Write(kind);
        first.WaitForOutput("saved 2", Limit);
        second.WaitForOutput("saved 2", Limit);
        for (var i = 0; i < Reads; i++)
            AssertWhole(kind);
        Assert.That(first.Output + second.Output, Does.Not.Contain("refused"));
    }

    [TestCase("kernels")]
    [TestCase("tuning")]
    public void ProcessThatIsKilled_LeavesAWholeEntryAndTheNextOneGoesOn(string kind)
    {
        // At several moments of a write, which takes some milliseconds.
        for (var delay = 0; delay < 4; delay++)
        {
            using (var writing = Write(kind))
            {
                writing.WaitForOutput("saved 2", Limit);
                Thread.Sleep(3 * delay);
            }
            AssertWhole(kind);
        }
    }

    private static string Program => Path.Combine(TestContext.CurrentContext.TestDirectory, "GpuKeras.Tests.SavingProgram.dll");

    private RunningProgram Write(string kind) => new([Program, folder.File(kind), "1000000"]);

    private void AssertWhole(string kind)
    {
        if (kind == "kernels")
        {
            var entry = new KernelCache(folder.File(kind)).Read("key");
            Assert.That(entry, Is.Not.Null);
            Assert.That(entry.AsSpan().ContainsAnyExcept(entry![0]), Is.False);
            return;
        }
        var reports = new List<string>();
        Assert.That(new TuningCache(folder.File(kind), reports.Add).Read("device", new FakeTunable(100)), Is.EqualTo(1));
        Assert.That(reports, Is.Empty);
    }
}
