using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device body as one device runs it: compiled, loaded, ready to be queued.</summary>
internal abstract class DeviceKernel
{
    /// <summary>Queues one launch.</summary>
    /// <param name="config">The geometry; not empty.</param>
    /// <param name="count">How many indices an auto-indexed body has; items beyond leave at once. 0 for a body with a geometry of its own.</param>
    /// <param name="arguments">The bytes of the body's argument struct, with views as device handles.</param>
    public abstract void Enqueue(in KernelConfig config, int count, ReadOnlySpan<byte> arguments);
}
