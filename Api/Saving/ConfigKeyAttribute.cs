namespace GpuKeras.Saving;

/// <summary>Keras' key of a constructor parameter where it is not the parameter's name in snake_case, such as <c>beta_1</c>.</summary>
/// <param name="key">The key.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ConfigKeyAttribute(string key) : Attribute
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
