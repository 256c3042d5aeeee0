using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Compare;

/// <summary>The peers, each started when it is first asked for; and what is known of those that are not there.</summary>
/// <param name="start">Starts each peer that there may be.</param>
/// <param name="report">Told about each peer once: its name, and its version or why it is absent.</param>
internal sealed class PeerSet(IReadOnlyDictionary<string, Func<IPeer>> start, Action<string, string> report) : IDisposable
{
    private readonly Dictionary<string, IPeer?> peers = [];

    /// <summary>The peer, or null if it is absent.</summary>
    public IPeer? Find(string name)
    {
        if (peers.TryGetValue(name, out var known))
            return known;
        try
        {
            var peer = start[name]();
            peers[name] = peer;
            report(name, peer.Description);
            return peer;
        }
        catch (PeerAbsentException absent)
        {
            Lose(name, absent.Message);
            return null;
        }
    }

    /// <summary>Goes on without a peer.</summary>
    public void Lose(string name, string reason)
    {
        if (peers.TryGetValue(name, out var peer))
            peer?.Dispose();
        peers[name] = null;
        report(name, $"absent: {reason}");
    }

    /// <summary>Ends the peers; who is asked for again starts again.</summary>
    public void StopAll()
    {
        foreach (var (name, peer) in peers)
            if (peer is not null)
            {
                peer.Dispose();
                peers.Remove(name);
            }
    }

    public void Dispose() => StopAll();
}
