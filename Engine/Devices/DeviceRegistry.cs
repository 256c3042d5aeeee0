namespace GpuKeras;

/// <summary>The devices of this machine by kind; a kind is searched for when it is first asked for.</summary>
internal static class DeviceRegistry
{
    private static readonly Lock Gate = new();

    // Best first.
    private static readonly DeviceKind[] Own =
    [
        new("cuda", CudaSearch.Run),
        new("opencl", OpenClSearch.Run),
        new("cpu", static () => new([new CpuDevice()], null)),
        new("null", static () => new([new NullDevice()], null)),
    ];

    private static volatile DeviceKind[]? kinds;

    /// <summary>All devices: those that <c>auto</c> may choose in its order, then those that are used by name only.</summary>
    public static IReadOnlyList<Device> Devices => Kinds.SelectMany(static kind => kind.Devices)
        .OrderBy(static device => device.IsChosenAutomatically ? 0 : 1).ToArray();

    public static IReadOnlyList<AbsentDevice> Absent => Kinds.Where(static kind => kind.AbsenceReason is not null)
        .Select(static kind => new AbsentDevice(kind.Name, kind.AbsenceReason!)).ToArray();

    private static DeviceKind[] Kinds
    {
        get
        {
            if (kinds is { } known)
                return known;
            lock (Gate)
                return kinds ??= [.. Own, .. EngineOptions.Plugins.SelectMany(DevicePluginAttribute.Load)];
        }
    }

    /// <summary>Adds kinds of devices that another assembly brings; those whose names are known already stay as they are.</summary>
    public static void Add(IEnumerable<DeviceKind> others)
    {
        var known = Kinds;
        lock (Gate)
            kinds = [.. known, .. others.Where(other => known.All(kind => kind.Name != other.Name))];
    }

    public static Device Find(string name)
    {
        if (name == "auto")
            return Kinds.SelectMany(static kind => kind.Devices).First(static device => device.IsChosenAutomatically);
        var kind = Kinds.FirstOrDefault(kind => name == kind.Name || name.StartsWith(kind.Name + ':', StringComparison.Ordinal));
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
