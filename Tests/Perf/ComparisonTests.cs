using System.Diagnostics;
using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary>How two sides are measured and what becomes of a peer that is not there.</summary>
public class ComparisonTests
{
    private static readonly CompareSettings Settings = CompareSettings.Quick with { LongestWarmUp = TimeSpan.Zero };

    [Test]
    public void Run_SeveralVariants_TheFastestCounts()
    {
        using var peer = new FakePeer(new Evidence(), 500, 200, 300);
        var workload = new SleepingWorkload();
        var row = Comparison.Run(workload, workload.Peers[0], peer, Settings);
        Assert.That(row.PeerMs, Is.EqualTo(200));
        Assert.That(row.OursMs, Is.InRange(1, 100), "sleeps for a millisecond");
        Assert.That(row.Ratio, Is.EqualTo(200 / row.OursMs));
        Assert.That(peer.Contenders.Select(static contender => contender.IsDisposed), Is.All.True);
    }

    [Test]
    public void Run_WithoutPeer_HasNoRatio()
    {
        var workload = new SleepingWorkload();
        var row = Comparison.Run(workload, workload.Peers[0], null, Settings);
        Assert.That(row.OursMs, Is.GreaterThanOrEqualTo(1));
        Assert.That((row.PeerMs, row.Ratio), Is.EqualTo(((double?)null, (double?)null)));
    }

    [Test]
    public void Ratio_IsPeerTimeByOurs()
    {
        Assert.That(new ComparisonRow("s", "n", "p", OursMs: 2, PeerMs: 3).Ratio, Is.EqualTo(1.5));
    }

    [TestCase(new[] { 3.0 }, 3)]
    [TestCase(new[] { 9.0, 1, 5 }, 5)]
    [TestCase(new[] { 4.0, 1, 2, 100 }, 3)]
    public void Median_IsTheMiddle(double[] values, double expected) => Assert.That(Statistics.Median(values), Is.EqualTo(expected));

    [Test]
    public void Suite_PeerIsAbsent_IsToldOnceWithTheHintAndOursIsMeasured()
    {
        var told = new List<string>();
        using var peers = new PeerSet(
            new Dictionary<string, Func<IPeer>> { ["fake"] = static () => throw new PeerAbsentException("not there. Hint: install it") },
            (name, text) => told.Add($"{name}: {text}"));
        var rows = new SuiteRun(Settings, Stopwatch.GetTimestamp()).Run([new SleepingWorkload(), new SleepingWorkload()], peers);
        Assert.That(told, Is.EqualTo(new[] { "fake: absent: not there. Hint: install it" }));
        Assert.That(rows.Select(static row => row.Row.PeerMs), Is.EqualTo(new double?[] { null, null }));
    }

    [Test]
    public void Suite_PeerForAll_IsMeasuredBesideTheWorkloadsOwn()
    {
        using var peers = new PeerSet(
            new Dictionary<string, Func<IPeer>> { ["fake"] = static () => new FakePeer(new Evidence(), 1), [DevicePeer.Cpu] = static () => new DevicePeer(DevicePeer.Cpu, Device.Get("cpu")) },
            static (_, _) => { });
        var rows = new SuiteRun(Settings, Stopwatch.GetTimestamp(), new PeerCase(DevicePeer.Cpu)).Run([new SleepingWorkload()], peers);
        Assert.That(rows.Select(static row => row.Row.Peer), Is.EqualTo(new[] { "fake", "cpu" }));
        Assert.That(rows[1].Row.PeerMs, Is.InRange(1, 100), "our own CPU device sleeps for a millisecond too");
    }

    [Test]
    public void Suite_SidesDiffer_IsAFailureAndNoRow()
    {
        using var peers = Peers(new FakePeer(new Evidence { Parameters = 11 }, 1));
        var run = new SuiteRun(Settings, Stopwatch.GetTimestamp());
        var rows = run.Run([new SleepingWorkload { Evidence = new Evidence { Parameters = 10 } }], peers);
        Assert.That(rows, Is.Empty);
        Assert.That(run.Failures.Single(), Does.Contain("suite sleep").And.Contain("10 parameters").And.Contain("11"));
    }

    [Test]
    public void Suite_TimeIsUp_NamesWhatIsLeftOut()
    {
        using var peers = Peers(new FakePeer(new Evidence(), 1));
        var run = new SuiteRun(Settings with { TimeLimit = TimeSpan.Zero }, Stopwatch.GetTimestamp());
        Assert.That(run.Run([new SleepingWorkload()], peers), Is.Empty);
        Assert.That(run.LeftOut, Is.EqualTo(new[] { "suite sleep beside fake" }));
    }

    [Test]
    public void Peers_Stopped_StartAgainWhenAskedFor()
    {
        var started = new List<FakePeer>();
        using var peers = new PeerSet(
            new Dictionary<string, Func<IPeer>>
            {
                ["fake"] = () =>
                {
                    started.Add(new FakePeer(new Evidence(), 1));
                    return started[^1];
                },
            },
            static (_, _) => { });
        Assert.That(peers.Find("fake"), Is.SameAs(peers.Find("fake")));
        peers.StopAll();
        Assert.That(started.Single().IsDisposed);
        Assert.That(peers.Find("fake"), Is.SameAs(started[1]));
    }

    private static PeerSet Peers(FakePeer peer) =>
        new(new Dictionary<string, Func<IPeer>> { ["fake"] = () => peer }, static (_, _) => { });
}
