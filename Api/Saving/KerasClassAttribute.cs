namespace GpuKeras.Saving;

/// <summary>Keras' class name of a type where it is not the type's own.</summary>
/// <remarks>
/// A metric such as <c>keras.metrics.Hinge</c> is <c>HingeMetric</c> here, so that a program may open the namespaces of losses and of metrics both.
/// </remarks>
/// <param name="name">Keras' class name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KerasClassAttribute(string name) : Attribute
{
    /// <summary>Keras' class name.</summary>
    public string Name { get; } = name;
}
