using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>An object with a Keras configuration: a layer, an optimizer, a loss, an initializer …</summary>
public interface IKerasObject
{
    /// <summary>The configuration under Keras' names: what the constructor needs to make an equal object.</summary>
    JsonObject GetConfig() => KerasConfig.OfConstructor(this);
}
