using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device body as one device runs it: compiled, loaded, ready to be queued.</summary>
/// <param name="arguments">What of the body's argument struct is passed, in which order.</param>
internal abstract class DeviceKernel(IReadOnlyList<KernelArgument> arguments)
{
    private readonly KernelArgument[] converted = [.. arguments.Where(static argument => argument.IsConverted)];

    /// <summary>What of the body's argument struct is passed, in which order.</summary>
    private protected KernelArgument[] Arguments { get; } = [.. arguments];

    /// <summary>Whether it was compiled for groups of so many items.</summary>
    public virtual bool Takes(int groupSize) => true;

    /// <summary>The most items that a group can have by the kernel's code, where that is fewer than the device's.</summary>
    public int MaxGroupSize { get; init; } = int.MaxValue;

    /// <summary>
    /// The most items that a group of this kernel can have in the driver's words. Launches that only give a count keep to it; of a group
    /// with more the driver itself is asked, as some drivers say less than they take.
    /// </summary>
    public int AdvisedGroupSize { get; init; } = int.MaxValue;

    /// <summary>Queues one launch.</summary>
    /// <param name="config">The geometry; not empty.</param>
    /// <param name="count">How many indices an auto-indexed body has; items beyond leave at once. 0 for a body with a geometry of its own.</param>
    /// <param name="arguments">The bytes of the body's argument struct, with views as device handles.</param>
    public void Enqueue(in KernelConfig config, int count, ReadOnlySpan<byte> arguments)
    {
        if (converted.Length == 0)
        {
            Queue(config, count, arguments);
            return;
        }
        Span<byte> copy = stackalloc byte[arguments.Length];
        arguments.CopyTo(copy);
        foreach (var argument in converted)
            argument.Convert(copy);
        Queue(config, count, copy);
    }

    /// <summary>Queues one launch, whose converted arguments are what the kernel expects.</summary>
    private protected abstract void Queue(in KernelConfig config, int count, ReadOnlySpan<byte> bytes);
}
