using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What an OpenCL device says about itself, and whether the engine's kernels can run on it.</summary>
/// <param name="device">Its <c>cl_device_id</c>.</param>
/// <param name="property">The bytes of a property by its number in Khronos' header; null for one that the device does not know.</param>
internal sealed class OpenClInfo(nint device, Func<uint, byte[]?> property)
{
    private const ulong CpuType = 2;
    private const ulong GpuType = 4;
    private const ulong CorrectlyRoundedDivide = 1 << 7;

    /// <summary>A GPU with the least that the engine needs; the memory and the arguments are what OpenCL's full profile grants.</summary>
    public static DeviceProfile LeastGpu { get; } = new()
    {
        IsCpuLike = false,
        MaxGroupSize = 256,
        SharedMemoryBytes = 32 << 10,
        MaxArgumentBytes = 1024,
        Multiprocessors = 1,
        HasFloat64 = false,
    };

    /// <summary>Asks the driver.</summary>
    /// <param name="device">A <c>cl_device_id</c>.</param>
    public OpenClInfo(nint device)
        : this(device, name => Ask(device, name))
    {
    }

    public nint Device => device;

    public string Name => Text(0x102B).Trim();

    /// <summary>Such as <c>OpenCL 3.0 CUDA</c>.</summary>
    public string Version => Text(0x102F).Trim();

    public string DriverVersion => Text(0x102D).Trim();

    /// <summary>The device, its driver and their versions: what binaries and measured times depend on.</summary>
    public string Platform => $"{Name}, {Version}, {DriverVersion}";

    public bool IsGpu => (Number<ulong>(0x1000) & GpuType) != 0;

    public bool IsCpuLike => (Number<ulong>(0x1000) & (CpuType | GpuType)) == CpuType;

    public int ComputeUnits => (int)Number<uint>(0x1002);

    public int MaxGroupSize => (int)Math.Min(Number<nuint>(0x1004), int.MaxValue);

    public int LocalMemoryBytes => (int)Math.Min(Number<ulong>(0x1023), int.MaxValue);

    public int MaxArgumentBytes => (int)Math.Min(Number<nuint>(0x1017), int.MaxValue);

    public long MemoryBytes => (long)Number<ulong>(0x101F);

    /// <summary>The most memory that the driver promises to give to one buffer; some drivers give more.</summary>
    public long MaxBufferBytes => Number<ulong>(0x1010) is var bytes and > 0 and < long.MaxValue ? (long)bytes : long.MaxValue;

    public bool HasFloat64 => Number<ulong>(0x1032) != 0;

    /// <summary>Whether division and square root of float32 can be had correctly rounded.</summary>
    public bool RoundsDivisionCorrectly => (Number<ulong>(0x101B) & CorrectlyRoundedDivide) != 0;

    /// <summary>Why the engine cannot use the device; null if it can.</summary>
    public string? Shortcoming
    {
        get
        {
            var parts = Version.Split(' ', '.');
            if (parts.Length < 3 || !int.TryParse(parts[1], out var major) || !int.TryParse(parts[2], out var minor)
                || (major, minor).CompareTo((1, 2)) < 0)
                return $"too old: needs OpenCL 1.2, has {Version}";
            if (Number<uint>(0x1027) == 0)
                return "not available at present";
            if (Number<uint>(0x1028) == 0)
                return "has no compiler";
            if (Number<uint>(0x1026) == 0)
                return "is big-endian";
            if (Number<uint>(0x100D) < 64)
                return "has 32-bit addresses; needs 64-bit ones";
            if (Text(0x102E).StartsWith("EMBEDDED", StringComparison.Ordinal) && !Text(0x1030).Contains("cles_khr_int64", StringComparison.Ordinal))
                return "has no 64-bit integers";
            // Variants for processors have groups of one item and no local memory.
            if (IsCpuLike)
                return null;
            if (MaxGroupSize < LeastGpu.MaxGroupSize)
                return $"has groups of at most {MaxGroupSize} items; needs {LeastGpu.MaxGroupSize}";
            return LocalMemoryBytes < LeastGpu.SharedMemoryBytes
                ? $"has {LocalMemoryBytes} bytes of shared memory for a group; needs {LeastGpu.SharedMemoryBytes}" : null;
        }
    }

    public DeviceProfile Profile => new()
    {
        IsCpuLike = IsCpuLike,
        MaxGroupSize = MaxGroupSize,
        SharedMemoryBytes = LocalMemoryBytes,
        MaxArgumentBytes = MaxArgumentBytes,
        Multiprocessors = ComputeUnits,
        HasFloat64 = HasFloat64,
    };

    /// <summary>For people.</summary>
    public string Describe() => FormattableString.Invariant(
        $"{Name}, {(IsCpuLike ? "a processor" : IsGpu ? "a GPU" : "an accelerator")} with {ComputeUnits} compute units, ") +
        FormattableString.Invariant($"{MemoryBytes / (double)(1L << 30):F1} GiB memory, {LocalMemoryBytes >> 10} KiB shared memory, ") +
        $"{(HasFloat64 ? "" : "no float64, ")}{Version}, driver {DriverVersion}";

    // A property that the device does not know is 0.
    private T Number<T>(uint name)
        where T : unmanaged => property(name) is { } bytes && bytes.Length >= Unsafe.SizeOf<T>() ? MemoryMarshal.Read<T>(bytes) : default;

    private string Text(uint name) => property(name) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\0') : "";

    private static unsafe byte[]? Ask(nint device, uint name)
    {
        nuint size = 0;
        if (OpenClDriver.GetDeviceInfo(device, name, 0, null, &size) != OpenClStatus.Success)
            return null;
        var bytes = new byte[size];
        fixed (byte* first = bytes)
            return OpenClDriver.GetDeviceInfo(device, name, size, first, null) == OpenClStatus.Success ? bytes : null;
    }
}
