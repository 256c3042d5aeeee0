using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras;

// The model as a configuration.
public partial class Model
{
    /// <summary>The model's architecture, and how it was built and compiled, as Keras' JSON; without weights.</summary>
    /// <exception cref="NotSupportedException">A part of the model is code, or cannot be said in Keras' files.</exception>
    /// <exception cref="InvalidOperationException">A layer's constructor has a parameter without a property; a loss or metric is a function.</exception>
    public string ToJson() => KerasJson.ToText(ModelConfig.Serialize(this));

    /// <summary>Makes a model from <see cref="ToJson"/>'s text, or from the <c>config.json</c> of a <c>.keras</c> file, with new weights.</summary>
    /// <param name="json">The text. It may come from anywhere: no code is run, no type is looked up by name.</param>
    /// <remarks>Layers and models of the program's own must be registered: <see cref="KerasSerializableAttribute"/>.</remarks>
    /// <exception cref="ModelConfigException">
    /// The text is malformed, or names what there is not here; the message lists every such layer with its place.
    /// </exception>
    public static Model FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ModelConfig.Deserialize(KerasJson.Parse(json));
    }

    /// <summary>Makes a functional model from its configuration, with new weights.</summary>
    /// <exception cref="ModelConfigException">The configuration is not one of a functional model.</exception>
    public static Model FromConfig(JsonObject config) => FunctionalReader.Read(new ConfigReader(config, "config"));

    /// <summary>The configuration under Keras' names: of a functional model its layers and their calls, of a subclass its constructor's parameters.</summary>
    public override JsonObject GetConfig() => GetType() == typeof(Model) ? FunctionalWriter.Write(this) : base.GetConfig();
}
