using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What a CUDA device says about itself.</summary>
/// <param name="device">Its <c>CUdevice</c>.</param>
/// <param name="driverVersion">The CUDA version of the driver: 1000 · major + 10 · minor.</param>
internal sealed unsafe class CudaInfo(int device, int driverVersion)
{
    private const int LeastArchitecture = 70;
    private const int AmpereArchitecture = 80;
    private const int Prohibited = 2;

    public int Device => device;

    /// <summary>The CUDA version of the driver: 1000 · major + 10 · minor.</summary>
    public int DriverVersion => driverVersion;

    public string Name
    {
        get
        {
            var name = stackalloc byte[256];
            return CudaDriver.DeviceGetName(name, 256, device) == CudaStatus.Success ? Marshal.PtrToStringUTF8((nint)name)! : "CUDA device";
        }
    }

    /// <summary>The compute capability times ten: 90 for 9.0.</summary>
    public int Architecture => 10 * Attribute(75) + Attribute(76);

    public int Multiprocessors => Attribute(16);

    public int MaxGroupSize => Attribute(1);

    /// <summary>What a group can have when it asks for it; without asking it gets 48 KiB.</summary>
    public int SharedMemoryBytes => Math.Max(Attribute(97), Attribute(8));

    public long MemoryBytes
    {
        get
        {
            nuint bytes = 0;
            _ = CudaDriver.DeviceTotalMemory(&bytes, device);
            return (long)bytes;
        }
    }

    /// <summary>The device and its driver: what binaries and measured times depend on.</summary>
    public string Platform => $"{Name}, {Architecture}, {DriverVersion}";

    /// <summary>Why the engine cannot use the device; null if it can.</summary>
    public string? Shortcoming =>
        Architecture < LeastArchitecture ? $"is too old: needs compute capability 7.0, has {Architecture / 10}.{Architecture % 10}"
        : Attribute(20) == Prohibited ? "is in a mode that prohibits computing"
        : null;

    public DeviceProfile Profile => new()
    {
        IsCpuLike = false,
        MaxGroupSize = MaxGroupSize,
        SharedMemoryBytes = SharedMemoryBytes,
        MaxArgumentBytes = PtxEmitter.MaxArgumentBytes,
        Multiprocessors = Multiprocessors,
        HasMatrixUnits = Architecture >= AmpereArchitecture,
        HasAsyncCopies = Architecture >= AmpereArchitecture,
    };

    /// <summary>For people.</summary>
    public string Describe() => FormattableString.Invariant(
        $"{Name}, compute capability {Architecture / 10}.{Architecture % 10}, {Multiprocessors} multiprocessors, ") +
        FormattableString.Invariant($"{MemoryBytes / (double)(1L << 30):F1} GiB memory, {SharedMemoryBytes >> 10} KiB shared memory, ") +
        $"driver for CUDA {VersionText(driverVersion)}";

    /// <summary>A driver's version as people write it.</summary>
    public static string VersionText(int version) => $"{version / 1000}.{version % 1000 / 10}";

    private int Attribute(int attribute)
    {
        int value;
        // An attribute that the driver does not know counts as 0.
        return CudaDriver.DeviceGetAttribute(&value, attribute, device) == CudaStatus.Success ? value : 0;
    }
}
