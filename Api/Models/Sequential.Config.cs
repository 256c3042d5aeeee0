using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Saving;

namespace GpuKeras;

// The stack as a configuration.
public sealed partial class Sequential
{
    /// <summary>Makes a stack from its configuration, with new weights.</summary>
    /// <exception cref="ModelConfigException">The configuration is not one of a stack of layers.</exception>
    public static new Sequential FromConfig(JsonObject config)
    {
        var form = new ConfigReader(config, "config");
        var layers = new List<Layer>();
        foreach (var entry in form["layers"].Items())
        {
            if (layers.Count == ConfigReader.Limits.MaxLayers)
                throw form.Error($"has more than {ConfigReader.Limits.MaxLayers} layers");
            layers.Add(ModelConfig.Make(entry) as Layer ?? throw entry.Error("is no layer"));
        }
        try
        {
            var model = new Sequential(layers, form["name"].IsNull ? null : form["name"].Text());
            if (model.graph is null && !form["build_input_shape"].IsNull)
                model.EnsureBuilt(form["build_input_shape"].Shape());
            if (!form["trainable"].IsNull)
                model.SetOwnTrainable(form["trainable"].Flag());
            return model;
        }
        catch (Exception exception) when (ModelConfig.IsBadConfiguration(exception))
        {
            throw form.Error(exception.Message, exception);
        }
    }

    /// <summary>The configuration under Keras' names.</summary>
    public override JsonObject GetConfig()
    {
        var config = new JsonObject
        {
            ["name"] = Name,
            ["trainable"] = Trainable,
            ["dtype"] = ConfigValues.DTypePolicy(DType),
            ["layers"] = new JsonArray([.. (input is null ? stack : stack.Prepend(input)).Select(static layer => KerasConfig.Serialize(layer))]),
        };
        if (graph is not null)
            config["build_input_shape"] = ConfigValues.ToJson(input!.BatchShape);
        return config;
    }
}
