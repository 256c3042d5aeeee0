namespace GpuKeras.Saving;

/// <summary>Lets files name a layer, model, loss … of the program's own, as Keras' <c>register_keras_serializable</c> does.</summary>
/// <remarks>
/// A file names the class <c>package>Name</c>. The constructor's parameters are its configuration: each needs a property of its name.
/// Types with this attribute are found in all loaded assemblies that use this library; no other type can be named by a file.
/// </remarks>
/// <param name="package">The package.</param>
/// <param name="name">The class name; the type's own by default.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KerasSerializableAttribute(string package = "Custom", string? name = null) : Attribute
{
    /// <summary>The package.</summary>
    public string Package { get; } = package;

    /// <summary>The class name, or null for the type's own.</summary>
    public string? Name { get; } = name;
}
