namespace GpuKeras.Kernels;

/// <summary>
/// The kernel compiler knows this method and emits device code for it; the C# body is what it means, and what the simulator runs.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class DeviceIntrinsicAttribute : Attribute;
