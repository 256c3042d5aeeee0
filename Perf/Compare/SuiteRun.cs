using System.Diagnostics;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Compare;

/// <summary>Measures all workloads of a suite.</summary>
/// <param name="settings">How thoroughly.</param>
/// <param name="started">When the whole comparison began, as a <see cref="Stopwatch"/> timestamp.</param>
/// <param name="forAll">Peers of every workload, besides its own.</param>
internal sealed class SuiteRun(CompareSettings settings, long started, params IReadOnlyList<PeerCase> forAll)
{
    /// <summary>What the time limit left out.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Where the two sides did not do the same work.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>One row for each workload and peer.</summary>
    public List<(Workload Workload, ComparisonRow Row)> Run(IEnumerable<Workload> workloads, PeerSet peers)
    {
        var rows = new List<(Workload, ComparisonRow)>();
        foreach (var workload in workloads)
            foreach (var peerCase in workload.Peers.Concat(forAll))
                if (settings.TimeLimit is { } limit && Stopwatch.GetElapsedTime(started) > limit)
                    LeftOut.Add($"{workload.Suite} {workload.Name} beside {peerCase.Peer}");
                else if (Row(workload, peerCase, peers) is { } row)
                    rows.Add((workload, row));
        return rows;
    }

    private ComparisonRow? Row(Workload workload, PeerCase peerCase, PeerSet peers)
    {
        try
        {
            return Comparison.Run(workload, peerCase, peers.Find(peerCase.Peer), settings);
        }
        catch (PeerAbsentException stopped)
        {
            peers.Lose(peerCase.Peer, stopped.Message);
            return Comparison.Run(workload, peerCase, null, settings);
        }
        catch (DifferentWorkException different)
        {
            Failures.Add(different.Message);
            return null;
        }
    }
}
