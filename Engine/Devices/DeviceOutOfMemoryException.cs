namespace GpuKeras;

/// <summary>A device could not give the memory that was asked for, even after unused tensors were collected.</summary>
/// <param name="device">The device's name.</param>
/// <param name="requestedBytes">How much was asked for.</param>
/// <param name="liveBytes">How much is in use by tensors.</param>
/// <param name="pooledBytes">How much the pool still holds.</param>
public sealed class DeviceOutOfMemoryException(string device, long requestedBytes, long liveBytes, long pooledBytes)
    : DeviceException(
        $"{device}: out of memory; requested {requestedBytes:N0} bytes with {liveBytes:N0} live and {pooledBytes:N0} pooled. " +
        "Hint: use a smaller batch, or a TensorScope around each step.");
