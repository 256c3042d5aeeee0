using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Peers;

/// <summary>This library's own CPU device, beside another of its devices.</summary>
internal sealed class CpuPeer : IPeer
{
    public const string PeerName = "cpu";

    public string Name => PeerName;

    public string Description => Device.Get(PeerName).Description;

    public IReadOnlyList<IContender> Prepare(Workload workload, PeerCase peerCase, CompareSettings settings)
    {
        using var device = Device.Use(PeerName);
        var contender = workload.Prepare(settings);
        Comparison.WarmUp(contender, settings);
        return [new Contender(contender)];
    }

    public void Dispose()
    {
    }

    private sealed class Contender(InProcessContender inner) : IContender
    {
        public Evidence Evidence => inner.Evidence;

        public TimeSpan CoolDown => inner.CoolDown;

        public double Measure(TimeSpan window, int minimumCalls)
        {
            using var device = Device.Use(PeerName);
            return inner.Measure(window, minimumCalls);
        }

        public void Dispose() => inner.Dispose();
    }
}
