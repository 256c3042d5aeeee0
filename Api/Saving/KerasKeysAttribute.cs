namespace GpuKeras.Saving;

/// <summary>The keys of a configuration that Keras writes first, after those of every object of the kind, where the constructor has another order.</summary>
/// <remarks>Only for files that are the same text as Keras': no reader depends on the order.</remarks>
/// <param name="keys">The keys.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KerasKeysAttribute(params string[] keys) : Attribute
{
    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys => keys;
}
