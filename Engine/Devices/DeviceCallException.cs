using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device's driver refused a call, or work that was queued has failed.</summary>
public sealed class DeviceCallException : DeviceException
{
    /// <summary>Describes a call outside any launch.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="call">The driver's function.</param>
    /// <param name="codeName">The name of its error code in the driver's headers.</param>
    /// <param name="code">The error code.</param>
    public DeviceCallException(string device, string call, string codeName, int code)
        : base($"{device}: {call} failed with {codeName} ({code}).") => (CodeName, Code) = (codeName, code);

    /// <summary>Describes a launch.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="call">The driver's function.</param>
    /// <param name="codeName">The name of its error code in the driver's headers.</param>
    /// <param name="code">The error code.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="config">Its geometry.</param>
    public DeviceCallException(string device, string call, string codeName, int code, string kernel, in KernelConfig config)
        : base($"{device}: kernel '{kernel}', {config}: {call} failed with {codeName} ({code}). " +
            "Hint: GPUKERAS_SYNC=1 waits for each launch, so that the error comes from the one that caused it.") =>
        (CodeName, Code, Kernel, Geometry) = (codeName, code, kernel, config);

    /// <summary>The name of the error code in the driver's headers, such as <c>CL_OUT_OF_RESOURCES</c>.</summary>
    public string CodeName { get; }

    /// <summary>The error code.</summary>
    public int Code { get; }

    /// <summary>The kernel that was being launched, if any.</summary>
    public string? Kernel { get; }

    /// <summary>The geometry of the launch, if any.</summary>
    public KernelConfig? Geometry { get; }
}
