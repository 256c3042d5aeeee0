using System.Diagnostics;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Compare;

/// <summary>Measures a workload on our side and on a peer's in turns, so that what disturbs the machine disturbs both.</summary>
internal static class Comparison
{
    // After 30 calls a method is compiled anew with all optimisations; those it calls may follow.
    private const long WarmCalls = 100;

    /// <summary>Measures a workload beside one peer, or alone if that is absent.</summary>
    /// <exception cref="DifferentWorkException">The two sides do not compute the same.</exception>
    public static ComparisonRow Run(Workload workload, PeerCase peerCase, IPeer? peer, CompareSettings settings)
    {
        using var ours = workload.Prepare(settings);
        WarmUp(ours, settings);
        var theirs = peer?.Prepare(workload, peerCase, settings) ?? [];
        try
        {
            foreach (var contender in theirs)
            {
                ours.Evidence.CheckAgainst(contender.Evidence, $"{workload.Suite} {workload.Name}", peerCase.Peer);
                Turn(contender, settings.WarmUp, settings);
            }
            var (own, fastest) = Measure(ours, theirs, settings);
            return new ComparisonRow(workload.Suite, workload.Name, peerCase.Peer, own, fastest);
        }
        finally
        {
            foreach (var contender in theirs)
                contender.Dispose();
        }
    }

    /// <summary>The median of our windows, and that of the peer's fastest variant.</summary>
    private static (double Ours, double? Fastest) Measure(IContender ours, IReadOnlyList<IContender> theirs, CompareSettings settings)
    {
        var others = Math.Max(1, theirs.Count);
        var rounds = Math.Max(settings.MinimumRounds, (settings.WindowsPerSide + others - 1) / others);
        var own = new List<double>();
        var times = theirs.Select(static _ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var other = 0; other < others; other++)
            {
                own.Add(Turn(ours, settings.Window, settings));
                if (other < theirs.Count)
                    times[other].Add(Turn(theirs[other], settings.Window, settings));
            }
        return (Statistics.Median(own), times.Length == 0 ? null : times.Min(Statistics.Median));
    }

    /// <summary>Runs a side of this process until the just-in-time compiler has nothing more to improve.</summary>
    public static void WarmUp(InProcessContender ours, CompareSettings settings)
    {
        var started = Stopwatch.GetTimestamp();
        do
            ours.Measure(settings.WarmUp, settings.MinimumCalls);
        while ((ours.Calls < WarmCalls || !Compiler.IsQuiet()) && Stopwatch.GetElapsedTime(started) < settings.LongestWarmUp);
        Thread.Sleep(ours.CoolDown);
    }

    private static double Turn(IContender contender, TimeSpan window, CompareSettings settings)
    {
        var time = contender.Measure(window, settings.MinimumCalls);
        Thread.Sleep(contender.CoolDown);
        return time;
    }
}
