namespace GpuKeras;

/// <summary>A kernel asks for more than a device gives to one launch; found before the driver is asked.</summary>
/// <param name="device">The device's name.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="limit">What the limit is of, such as "a group's items".</param>
/// <param name="most">The limit.</param>
/// <param name="requested">What the kernel asks for.</param>
/// <param name="remedy">What to do about it.</param>
public sealed class LaunchLimitException(string device, string kernel, string limit, long most, long requested, string remedy)
    : DeviceException($"{device}: kernel '{kernel}': {limit} must be at most {most:N0}; got {requested:N0}. Hint: {remedy}.")
{
    /// <summary>The limit.</summary>
    public long Most { get; } = most;

    /// <summary>What the kernel asks for.</summary>
    public long Requested { get; } = requested;
}
