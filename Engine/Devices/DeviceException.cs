namespace GpuKeras;

/// <summary>A device is absent, lost, or cannot do what was asked.</summary>
public class DeviceException : Exception
{
    /// <summary>Passes on a message.</summary>
    public DeviceException(string message)
        : base(message)
    {
    }

    /// <summary>Passes on a message and its cause.</summary>
    public DeviceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
