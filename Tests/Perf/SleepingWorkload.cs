using GpuKeras.Perf.Compare;

namespace GpuKeras.Tests.Perf;

/// <summary>A workload of our side that takes at least 1 ms.</summary>
internal sealed class SleepingWorkload : Workload
{
    public SleepingWorkload()
        : base("suite", "sleep") => Peers = [new PeerCase("fake", "sleep")];

    public Evidence Evidence { get; init; } = new();

    public override InProcessContender Prepare(CompareSettings settings) => new(Evidence, static () => Thread.Sleep(1));
}
