namespace GpuKeras.Perf.Peers;

/// <summary>ONNX Runtime's CPU inference, in a process of Node.js.</summary>
internal static class OnnxRuntimePeer
{
    public const string PeerName = "onnxruntime";

    // Measured: its threads look for work for 30 ms.
    private static readonly TimeSpan CoolDown = TimeSpan.FromMilliseconds(40);

    /// <summary>Starts the process.</summary>
    /// <param name="folder">The folder whose node_modules holds onnxruntime-node.</param>
    /// <param name="threads">How many threads it may use.</param>
    /// <exception cref="PeerAbsentException">There is no Node.js, or no such package.</exception>
    public static ProcessPeer Start(string folder, int threads)
    {
        try
        {
            return new ProcessPeer(PeerName, [new PeerProcess("node", PeerScripts.PathOf("ort_peer.mjs"), PeerScripts.Text(threads), folder)], CoolDown);
        }
        catch (PeerAbsentException absent)
        {
            throw new PeerAbsentException(
                $"{absent.Message} (folder {folder}). Hint: apt-get install nodejs npm, npm i onnxruntime-node in a folder, and name it with --onnxruntime",
                absent);
        }
    }
}
