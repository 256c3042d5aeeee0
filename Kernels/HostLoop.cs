namespace GpuKeras.Kernels;

/// <summary>Sizes that the host bodies split their loops by.</summary>
public static class HostLoop
{
    /// <summary>The fewest elements of a cheap function worth a thread of their own: handing work over costs about 0.6 µs.</summary>
    public const long ElementsPerThread = 16_384;

    /// <summary>Parts of an elementwise loop start at whole pairs of the widest register.</summary>
    public const long Alignment = 32;
}
