namespace GpuKeras;

/// <summary>A kind of device, and how its devices are found.</summary>
/// <param name="name">The name before the colon.</param>
/// <param name="find">Finds the devices; called once, when somebody first asks, since loading a driver takes time.</param>
internal sealed class DeviceKind(string name, Func<DeviceSearch> find)
{
    private readonly Lazy<DeviceSearch> search = new(find);

    public string Name => name;

    public IReadOnlyList<Device> Devices => search.Value.Devices;

    /// <summary>Why there is no device of this kind; null if there is one.</summary>
    public string? AbsenceReason => search.Value.AbsenceReason;
}
