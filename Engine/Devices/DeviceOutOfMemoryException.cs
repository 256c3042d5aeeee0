namespace GpuKeras;

/// <summary>A device could not give the memory that was asked for, even after unused tensors were collected.</summary>
public sealed class DeviceOutOfMemoryException : DeviceException
{
    /// <summary>Describes a request.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="requestedBytes">How much was asked for.</param>
    /// <param name="liveBytes">How much is in use by tensors.</param>
    /// <param name="pooledBytes">How much the pool still holds.</param>
    public DeviceOutOfMemoryException(string device, long requestedBytes, long liveBytes, long pooledBytes)
        : base(
            $"{device}: out of memory; requested {requestedBytes:N0} bytes with {liveBytes:N0} live and {pooledBytes:N0} pooled. " +
            "Hint: use a smaller batch, or a TensorScope around each step.")
    {
    }

    /// <summary>Describes a request for more than the driver gives at once, however much is free.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="requestedBytes">How much was asked for.</param>
    /// <param name="mostBytes">The most that the driver gives at once.</param>
    public DeviceOutOfMemoryException(string device, long requestedBytes, long mostBytes)
        : base(
            $"{device}: out of memory; requested {requestedBytes:N0} bytes for one tensor, and the driver gives at most {mostBytes:N0} at once. " +
            "Hint: use a smaller batch, or several tensors.")
    {
    }

    /// <summary>Describes a call for which the driver found no memory, such as a launch that needs some of its own.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="call">The driver's function and, if there is one, the kernel.</param>
    /// <param name="codeName">The name of the driver's error code.</param>
    /// <param name="liveBytes">How much is in use by tensors.</param>
    /// <param name="pooledBytes">How much the pool still holds.</param>
    public DeviceOutOfMemoryException(string device, string call, string codeName, long liveBytes, long pooledBytes)
        : base(
            $"{device}: out of memory in {call}: {codeName} with {liveBytes:N0} bytes live and {pooledBytes:N0} pooled. " +
            "Hint: use a smaller batch, or a TensorScope around each step.")
    {
    }
}
