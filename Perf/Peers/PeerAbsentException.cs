namespace GpuKeras.Perf.Peers;

/// <summary>A peer is not on this machine, or stopped working.</summary>
internal sealed class PeerAbsentException(string message, Exception? inner = null) : Exception(message, inner);
