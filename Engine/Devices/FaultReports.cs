using System.Runtime.InteropServices;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>The reports of bad values that launches on one device may leave, and the exceptions that they turn into.</summary>
/// <remarks>All launches share one cell; it is read only when a launch that may report has been queued since the last look.</remarks>
internal sealed class FaultReports(CompiledDevice device)
{
    // A loop that never reads anything back looks this often, so that the list ends.
    private const int MaxWaiting = 4096;

    private readonly List<Func<long, long, Exception>> waiting = [];
    private nint cell;

    /// <summary>A cell for a launch that is about to be queued.</summary>
    public FaultCell Register(Func<long, long, Exception> describe)
    {
        if (waiting.Count == MaxWaiting)
            ThrowIfReported();
        if (cell == 0)
        {
            // Not from the pool: it is never handed back, and would count as a live tensor.
            while (!device.TryAllocate(FaultCell.Length * sizeof(int), out cell))
            {
                if (!device.MakeRoom())
                    throw new DeviceOutOfMemoryException(
                        device.Name, FaultCell.Length * sizeof(int), device.Memory.LiveBytes, device.Memory.PooledBytes);
            }
            Reset();
        }
        waiting.Add(describe);
        return new(new(cell, 0, FaultCell.Length), waiting.Count);
    }

    /// <summary>Waits for what may report, and throws what was reported first.</summary>
    public void ThrowIfReported()
    {
        if (waiting.Count == 0)
            return;
        Span<int> report = stackalloc int[FaultCell.Length];
        device.Read(cell, 0, MemoryMarshal.AsBytes(report));
        var exception = FaultCell.Exception(report, waiting);
        waiting.Clear();
        if (exception is null)
            return;
        Reset();
        throw exception;
    }

    private void Reset() => device.Write(cell, 0, MemoryMarshal.AsBytes<int>([0, 0, 0, 0]));
}
