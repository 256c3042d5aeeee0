namespace GpuKeras;

/// <summary>The result of a search for one kind of device.</summary>
/// <param name="Devices">The devices, in the order of their numbers.</param>
/// <param name="AbsenceReason">Why there is none, for people; null if there is one.</param>
internal sealed record DeviceSearch(IReadOnlyList<Device> Devices, string? AbsenceReason)
{
    /// <summary>Nothing was found.</summary>
    public static DeviceSearch Absent(string reason) => new([], reason);
}
