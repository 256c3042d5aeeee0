namespace GpuKeras.Perf.Workloads;

/// <summary>How large the workloads are on the current device.</summary>
internal static class Scale
{
    private const int InProcessorCaches = 1 << 20;

    // Five times the 50 MiB of the largest GPUs' caches, and that for each operand.
    private const int BeyondGpuCaches = 1 << 26;

    /// <summary>Whether the device's items run side by side, as a GPU's do; OpenCL on a processor is no GPU.</summary>
    public static bool IsGpu => Device.Current is CompiledDevice { Profile.IsCpuLike: false };

    /// <summary>The elements of an elementwise operation's operands.</summary>
    public static int Elements => IsGpu ? BeyondGpuCaches : InProcessorCaches;
}
