namespace GpuKeras.Perf.Compare;

/// <summary>A result: one workload beside one peer.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Name">The workload.</param>
/// <param name="Peer">The peer.</param>
/// <param name="OursMs">Our median time of a call in milliseconds.</param>
/// <param name="PeerMs">The peer's, or null if it is absent.</param>
internal sealed record ComparisonRow(string Suite, string Name, string Peer, double OursMs, double? PeerMs)
{
    /// <summary>The peer's time divided by ours: above 1 we are faster. Null without a peer.</summary>
    public double? Ratio => PeerMs / OursMs;
}
