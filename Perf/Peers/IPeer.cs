using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Peers;

/// <summary>Another library that does the same work.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>The name that workloads and results use.</summary>
    string Name { get; }

    /// <summary>Its version and what it was set to.</summary>
    string Description { get; }

    /// <summary>Makes a workload ready, once for each way or process of which the fastest is to count.</summary>
    IReadOnlyList<IContender> Prepare(Workload workload, PeerCase peerCase, CompareSettings settings);
}
