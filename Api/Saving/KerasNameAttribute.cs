namespace GpuKeras.Saving;

/// <summary>The name of a field or property in Keras' files, where it is not the C# name in snake_case.</summary>
/// <remarks>
/// Files address a layer by the attribute that holds it, so that <c>Dense firstBlock</c> is found at <c>first_block</c>. Leading
/// underscores are C# style and left out; <c>[KerasName("_head")]</c> is for an attribute that Python names so.
/// </remarks>
/// <param name="name">The attribute's name in Python.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KerasNameAttribute(string name) : Attribute
{
    /// <summary>The attribute's name in Python.</summary>
    public string Name { get; } = name;
}
