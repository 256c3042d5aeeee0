using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Translates the configurations in <c>.h5</c> files and TensorFlow.js models, most of them Keras 2's, into Keras 3's.</summary>
/// <remarks>
/// Only forms change: classes without a module, shapes under <c>batch_input_shape</c>, calls as nested lists, keys that have other names
/// now. Which classes there are is <see cref="ModelConfig"/>'s business; for what a model was compiled with see <see cref="LegacyTraining"/>.
/// </remarks>
internal sealed class LegacyConfig
{
    private const string Functional = "Functional";
    private const string Layers = "keras.layers";

    private readonly LegacyDialect dialect;
    private readonly List<string> problems = [];

    private LegacyConfig(LegacyDialect dialect) => this.dialect = dialect;

    /// <summary>Translates a model.</summary>
    /// <param name="written">Its class and configuration as they are in the file.</param>
    /// <param name="dialect">What they mean.</param>
    /// <param name="path">Where they are, for errors.</param>
    /// <returns>The form <c>{module, class_name, config, registered_name}</c>; it shares nothing with <paramref name="written"/>.</returns>
    /// <exception cref="ModelConfigException">It is malformed, or says what Keras 3 cannot say.</exception>
    public static JsonObject Model(JsonObject written, LegacyDialect dialect, string path = "model_config")
    {
        var config = new LegacyConfig(dialect);
        var model = config.Layer(new ConfigReader(written, path));
        return config.problems.Count == 0 ? model : throw new ModelConfigException(config.problems);
    }

    /// <summary>Translates a layer, or a model within a model.</summary>
    private JsonObject Layer(ConfigReader written)
    {
        // Keras 3 wrote inner layers in its own form even then.
        if (written.Object().ContainsKey("module"))
            return written.Object().DeepClone().AsObject();
        var className = written["class_name"].Text();
        var config = written["config"];
        if (className == "Sequential")
            return LegacyObjects.Form("keras", className, Sequential(config));
        if (className is Functional or "Model")
        {
            var form = LegacyObjects.Form("keras.src.models.functional", Functional, Graph(config));
            // As Keras writes it for classes in modules that are not public.
            form["registered_name"] = Functional;
            return form;
        }
        if (config.Value is JsonObject graph && graph.ContainsKey("input_layers"))
            return LegacyObjects.Form(Layers, className, Graph(config));
        if (LegacyOperations.Translate(className, config, dialect) is { } operation)
            return operation;
        var (current, translated) = LegacyLayers.Translate(className, config, dialect, problems, Layer);
        return LegacyObjects.Form(Layers, current, translated);
    }

    private JsonObject Sequential(ConfigReader config)
    {
        // Before Keras 2.2.3 the configuration was the bare list of layers.
        var isBare = config.Value is JsonArray;
        var stack = new JsonArray();
        foreach (var layer in (isBare ? config : config["layers"]).Items())
        {
            if (stack.Count == 0 && LegacyInputs.EntryOf(layer) is { } entry)
                stack.Add(entry);
            stack.Add(Layer(layer));
        }
        var result = new JsonObject { ["name"] = "sequential" };
        if (!isBare)
            LegacyObjects.Copy(config, result, "name", "trainable", "dtype", "build_input_shape");
        result["layers"] = stack;
        return result;
    }

    private JsonObject Graph(ConfigReader config)
    {
        var nodes = new LegacyNodes(config["layers"], dialect, problems);
        var layers = new JsonArray();
        foreach (var layer in config["layers"].Items())
        {
            var translated = Layer(layer);
            translated["name"] = (layer["name"].IsNull ? layer["config"]["name"] : layer["name"]).Text();
            translated["inbound_nodes"] = nodes.Calls(layer["inbound_nodes"], ofOperation: LegacyOperations.IsTensorFlow(layer));
            layers.Add(translated);
        }
        var result = new JsonObject();
        LegacyObjects.Copy(config, result, "name", "trainable", "dtype");
        result["layers"] = layers;
        result["input_layers"] = nodes.Ends(config["input_layers"]);
        result["output_layers"] = nodes.Ends(config["output_layers"]);
        return result;
    }
}
