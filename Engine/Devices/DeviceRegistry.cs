namespace GpuKeras;

/// <summary>The devices of this machine by kind; a kind is searched for when it is first asked for.</summary>
internal static class DeviceRegistry
{
    // Best first.
    private static readonly DeviceKind[] Kinds =
    [
        new("cuda", CudaSearch.Run),
        new("opencl", OpenClSearch.Run),
        new("cpu", static () => new([new CpuDevice()], null)),
        new("null", static () => new([new NullDevice()], null)),
    ];

    /// <summary>All devices: those that <c>auto</c> may choose in its order, then those that are used by name only.</summary>
    public static IReadOnlyList<Device> Devices => field ??= Kinds.SelectMany(static kind => kind.Devices)
        .OrderBy(static device => device.IsChosenAutomatically ? 0 : 1).ToArray();

    public static IReadOnlyList<AbsentDevice> Absent => field ??= Kinds.Where(static kind => kind.AbsenceReason is not null)
        .Select(static kind => new AbsentDevice(kind.Name, kind.AbsenceReason!)).ToArray();

    public static Device Find(string name)
    {
        if (name == "auto")
            return Kinds.SelectMany(static kind => kind.Devices).First(static device => device.IsChosenAutomatically);
        var kind = Kinds.FirstOrDefault(kind => kind.Name == name.Split(':')[0]);
        var fullName = kind is { Devices: [var first, ..] } && name == kind.Name ? first.Name : name;
        return kind?.Devices.FirstOrDefault(device => device.Name == fullName) ?? throw Unknown(name, kind);
    }

    private static DeviceException Unknown(string name, DeviceKind? kind)
    {
        var reason = kind?.AbsenceReason is { } text ? $" ({kind.Name}: {text})" : "";
        return new DeviceException(
            $"device: must be 'auto' or one of {string.Join(", ", Devices.Select(device => $"'{device.Name}'"))}; got '{name}'{reason}. " +
            "Hint: 'gpukeras devices' lists the devices.");
    }
}
