namespace GpuKeras.Kernels;

/// <summary>What a device is good at. Kernels choose variants and sizes from it, never from a device's name.</summary>
public sealed record DeviceProfile
{
    /// <summary>
    /// Whether items are turns of a loop on a processor core, rather than threads that run side by side. Such a device wants few
    /// items that do much each, wide loads (<see cref="FloatPanel"/>), and neither barriers nor shared memory.
    /// </summary>
    public required bool IsCpuLike { get; init; }

    /// <summary>The most items in a group.</summary>
    public required int MaxGroupSize { get; init; }

    /// <summary>The shared memory that one group can have, in bytes.</summary>
    public required int SharedMemoryBytes { get; init; }

    /// <summary>The bytes of arguments that one launch can have; by default what every device of OpenCL has at least.</summary>
    public int MaxArgumentBytes { get; init; } = 1024;

    /// <summary>How many groups run at once at least: streaming multiprocessors, compute units or cores.</summary>
    public required int Multiprocessors { get; init; }

    /// <summary>Whether the device computes in float64.</summary>
    public bool HasFloat64 { get; init; } = true;

    /// <summary>Whether the device has matrix instructions (<see cref="MatrixUnit"/>).</summary>
    public bool HasMatrixUnits { get; init; }

    /// <summary>
    /// To what matrix products of float32 round their factors for the matrix instructions: to nothing, unless the device has these and
    /// the program allows it.
    /// </summary>
    public MatMulPrecision MatMulPrecision { get; init; }

    /// <summary>Whether the device copies from global to shared memory in the background (<see cref="AsyncCopy"/>).</summary>
    public bool HasAsyncCopies { get; init; }
}
