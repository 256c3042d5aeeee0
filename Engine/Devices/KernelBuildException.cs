namespace GpuKeras;

/// <summary>A device's driver could not build the code that was generated for a kernel.</summary>
/// <param name="device">The device's name.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="codeName">The name of the driver's error code.</param>
/// <param name="log">What the driver's compiler said.</param>
/// <param name="source">The generated code.</param>
public sealed class KernelBuildException(string device, string kernel, string codeName, string log, string source)
    : DeviceException(
        $"{device}: kernel '{kernel}' could not be built: {codeName}. The driver's compiler says: {log.Trim()} " +
        "Hint: GPUKERAS_DEBUG=4 shows the generated code.")
{
    /// <summary>What the driver's compiler said.</summary>
    public string Log { get; } = log;

    /// <summary>The generated code.</summary>
    public string Code { get; } = source;
}
