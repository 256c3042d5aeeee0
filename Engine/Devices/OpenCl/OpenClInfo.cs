using System.Text;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What an OpenCL device says about itself.</summary>
/// <param name="device">Its <c>cl_device_id</c>.</param>
internal sealed unsafe class OpenClInfo(nint device)
{
    private const ulong CpuType = 2;
    private const ulong GpuType = 4;
    private const ulong CorrectlyRoundedDivide = 1 << 7;

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
            return Number<uint>(0x100D) < 64 ? "has 32-bit addresses; needs 64-bit ones" : null;
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

    private T Number<T>(uint name)
        where T : unmanaged
    {
        T value = default;
        // A property that the device does not know stays 0.
        _ = OpenClDriver.GetDeviceInfo(device, name, (nuint)sizeof(T), &value, null);
        return value;
    }

    private string Text(uint name)
    {
        nuint size = 0;
        if (OpenClDriver.GetDeviceInfo(device, name, 0, null, &size) != OpenClStatus.Success)
            return "";
        var bytes = new byte[size];
        fixed (byte* first = bytes)
            _ = OpenClDriver.GetDeviceInfo(device, name, size, first, null);
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }
}
