using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Peers;

/// <summary>A peer that runs in child processes; several, because some libraries are fast or slow for the life of a process.</summary>
/// <param name="name">The name that workloads and results use.</param>
/// <param name="processes">The processes, all of the same program.</param>
/// <param name="coolDown">How long its threads spin after a call before they sleep.</param>
internal sealed class ProcessPeer(string name, IReadOnlyList<PeerProcess> processes, TimeSpan coolDown) : IPeer
{
    public string Name => name;

    public string Description => processes.Count == 1
        ? $"{processes[0].Description}; one process"
        : $"{processes[0].Description}; the fastest of {processes.Count} processes";

    public IReadOnlyList<IContender> Prepare(Workload workload, PeerCase peerCase, CompareSettings settings)
    {
        foreach (var process in processes)
            process.Forget();
        return [.. from process in processes
                   from variant in peerCase.Variants
                   select new Contender(process, variant, coolDown, process.Prepare(variant, settings.TrainingSteps))];
    }

    public void Dispose()
    {
        foreach (var process in processes)
            process.Dispose();
    }

    private sealed class Contender(PeerProcess process, string variant, TimeSpan coolDown, Evidence evidence) : IContender
    {
        public Evidence Evidence => evidence;

        public TimeSpan CoolDown => coolDown;

        public double Measure(TimeSpan window, int minimumCalls) => process.Measure(variant, window, minimumCalls);

        public void Dispose()
        {
            // The process goes on; the next workload makes it forget this one.
        }
    }
}
