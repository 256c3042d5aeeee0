namespace GpuKeras.Kernels;

/// <summary>Sizes that the host bodies split their loops by.</summary>
public static class HostLoop
{
    /// <summary>The fewest elements of a cheap function worth a thread of their own: handing work over costs about 0.6 µs.</summary>
    public const long ElementsPerThread = 16_384;

    /// <summary>Parts of an elementwise loop start at whole pairs of the widest register.</summary>
    public const long Alignment = 32;

    // Below this a second thread costs more than it saves.
    private const double OperationsPerThread = 200_000;

    /// <summary>The fewest units of a loop worth a thread of their own.</summary>
    /// <param name="operationsPerUnit">Multiplications and additions of one unit.</param>
    public static long UnitsPerThread(double operationsPerUnit) =>
        (long)Math.Ceiling(OperationsPerThread / Math.Max(1, operationsPerUnit));
}
