namespace GpuKeras.Perf.Peers;

/// <summary>PyTorch, in processes of a Python that has it.</summary>
internal static class TorchPeer
{
    public const string PeerName = "torch";

    // OpenMP's threads spin for 8 ms.
    private static readonly TimeSpan CoolDown = TimeSpan.FromMilliseconds(12);

    // The first in PATH may be another Python than the system's, for which packages of the system are installed.
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3", "python"];

    /// <summary>Starts the processes.</summary>
    /// <param name="interpreter">The Python to use, or null to look for one that has torch.</param>
    /// <param name="processCount">How many.</param>
    /// <param name="threads">How many threads each may use.</param>
    /// <param name="device">torch's name of the device: <c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="PeerAbsentException">No Python has torch.</exception>
    public static ProcessPeer Start(string? interpreter, int processCount, int threads, string device = "cpu")
    {
        var reasons = new List<string>();
        foreach (var candidate in interpreter is null ? Interpreters : [interpreter])
        {
            try
            {
                var first = Start(candidate, threads, device);
                return new ProcessPeer(PeerName, [first, .. Enumerable.Range(1, processCount - 1).Select(_ => Start(candidate, threads, device))], CoolDown);
            }
            catch (PeerAbsentException absent)
            {
                reasons.Add($"{candidate}: {absent.Message}");
            }
        }
        throw new PeerAbsentException(
            $"no Python with torch ({string.Join("; ", reasons)}). Hint: apt-get install python3-torch libopenblas0-openmp, or name one with --python");
    }

    private static PeerProcess Start(string interpreter, int threads, string device) =>
        new(interpreter, PeerScripts.PathOf("torch_peer.py"), PeerScripts.Text(threads), device);
}
