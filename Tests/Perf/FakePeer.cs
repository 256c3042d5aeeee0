using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Tests.Perf;

/// <summary>A peer with one contender for each given time.</summary>
internal sealed class FakePeer(Evidence evidence, params double[] milliseconds) : IPeer
{
    public string Name => "fake";

    public string Description => "fake 1.0";

    public List<FakeContender> Contenders { get; } = [];

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<IContender> Prepare(Workload workload, PeerCase peerCase, CompareSettings settings)
    {
        Contenders.AddRange(milliseconds.Select(time => new FakeContender(time, evidence)));
        return [.. Contenders];
    }

    public void Dispose() => IsDisposed = true;
}
