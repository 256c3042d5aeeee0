namespace GpuKeras;

/// <summary>A device failed in a way that leaves nothing of it usable in this process.</summary>
/// <param name="device">The device's name.</param>
/// <param name="call">The driver's function that told of it.</param>
/// <param name="codeName">The name of its error code in the driver's headers.</param>
/// <param name="code">The error code.</param>
/// <param name="lastKernel">The kernel that was queued last; an earlier one may be the cause.</param>
public sealed class DeviceLostException(string device, string call, string codeName, int code, string lastKernel)
    : DeviceException(
        $"{device}: lost; {call} failed with {codeName} ({code}), and so will every later call. The kernel that was queued last is " +
        $"'{lastKernel}'. Hint: start the program again; GPUKERAS_SYNC=1 waits for each launch, so that the last one is the cause.")
{
    /// <summary>The name of the error code in the driver's headers, such as <c>CUDA_ERROR_ILLEGAL_ADDRESS</c>.</summary>
    public string CodeName { get; } = codeName;

    /// <summary>The error code.</summary>
    public int Code { get; } = code;

    /// <summary>The kernel that was queued last.</summary>
    public string LastKernel { get; } = lastKernel;
}
