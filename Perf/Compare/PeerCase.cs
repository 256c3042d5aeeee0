namespace GpuKeras.Perf.Compare;

/// <summary>A workload as a peer knows it.</summary>
/// <param name="Peer">The peer's name, such as <c>torch</c>.</param>
/// <param name="Variants">What the peer calls it; of several ways to do the same, the fastest counts.</param>
internal sealed record PeerCase(string Peer, params string[] Variants);
