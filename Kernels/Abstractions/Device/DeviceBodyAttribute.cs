namespace GpuKeras.Kernels;

/// <summary>The kernel compiler calls another method in place of this one, such as a polynomial in place of a library call.</summary>
/// <param name="type">The type that declares the other method, of the same name and parameters.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceBodyAttribute(Type type) : Attribute
{
    /// <summary>The type that declares the other method.</summary>
    public Type Type { get; } = type;
}
