namespace GpuKeras.Saving;

/// <summary>Keras' module of a type and those derived from it, where it is not that of the namespace.</summary>
/// <param name="module">The module, such as <c>keras.optimizers.schedules</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KerasModuleAttribute(string module) : Attribute
{
    /// <summary>The module.</summary>
    public string Module { get; } = module;
}
