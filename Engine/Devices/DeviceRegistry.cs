namespace GpuKeras;

/// <summary>Finds the devices of this machine once, and keeps the reason for each kind that is absent.</summary>
internal static class DeviceRegistry
{
    private static readonly Lazy<Device[]> Found = new(static () => [new CpuDevice()]);

    public static IReadOnlyList<Device> Devices => Found.Value;

    public static IReadOnlyList<AbsentDevice> Absent { get; } =
    [
        new("cuda", "this version runs on the CPU only"),
        new("opencl", "this version runs on the CPU only"),
    ];

    public static Device Find(string name)
    {
        if (name == "auto")
            return Devices[0];
        foreach (var device in Devices)
            if (device.Name == name)
                return device;
        var reason = Absent.FirstOrDefault(absent => name.Split(':')[0] == absent.Kind) is { } kind ? $" ({kind.Kind}: {kind.Reason})" : "";
        throw new DeviceException(
            $"device: must be 'auto' or one of {string.Join(", ", Devices.Select(device => $"'{device.Name}'"))}; got '{name}'{reason}. " +
            "Hint: 'gpukeras devices' lists the devices.");
    }
}
