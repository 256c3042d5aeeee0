using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>A layers model of TensorFlow.js: a <c>model.json</c> with the architecture, and binary files beside it with the weights.</summary>
/// <remarks>
/// Python's converter and the JavaScript library write it. Not read are graph models, which have operations of TensorFlow's instead of
/// layers, and the optimizer's state.
/// </remarks>
internal sealed class TfjsModelFile
{
    public const string FileName = "model.json";

    private const long MaxJsonBytes = 64L << 20;

    private readonly string path;
    private readonly JsonObject json;
    private readonly ConfigReader topology;

    /// <summary>Reads a model's description.</summary>
    /// <param name="path">The <c>model.json</c>, or the folder that it is in.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is too large, or not a layers model.</exception>
    /// <exception cref="ModelConfigException">It is no JSON.</exception>
    public TfjsModelFile(string path)
    {
        this.path = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        using (var stream = File.OpenRead(this.path))
        {
            if (stream.Length > MaxJsonBytes)
                throw new FileFormatException(this.path, $"has {stream.Length} bytes, at most {MaxJsonBytes} are read");
            using var text = new StreamReader(stream);
            json = KerasJson.Parse(text.ReadToEnd(), this.path);
        }
        var root = new ConfigReader(json, "$");
        topology = root["modelTopology"];
        var format = root["format"].Value is JsonValue value && value.TryGetValue(out string? name) ? name : null;
        if (format is not (null or "layers-model" or "tfjs-layers-model") || (topology.Value as JsonObject)?["node"] is not null)
            throw new FileFormatException(
                this.path, $"is no layers model of TensorFlow.js, but {(format is null ? "a graph model" : $"a {format}")}",
                "convert the Keras model with --output_format=tfjs_layers_model");
        if (topology.Value is not JsonObject)
            throw new FileFormatException(this.path, "is no layers model of TensorFlow.js: it has no modelTopology");
    }

    /// <summary>The version of Keras, or of the JavaScript library, that made the model; null if the file does not say.</summary>
    public string? KerasVersion => topology["keras_version"].Value is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The model's configuration in Keras 3's form.</summary>
    /// <param name="withCompilation">Whether to include how it was compiled.</param>
    public JsonObject ReadConfig(bool withCompilation)
    {
        var own = topology["model_config"];
        var model = own.IsNull ? topology : own;
        var config = LegacyConfig.Model(model.Object(), LegacyDialect.Of(KerasVersion), model.Path);
        var training = topology["training_config"].IsNull ? new ConfigReader(json["trainingConfig"], "$.trainingConfig") : topology["training_config"];
        if (withCompilation && !training.IsNull)
            config["compile_config"] = LegacyTraining.Compilation(training.Object(), training.Path);
        return config;
    }

    /// <summary>The weights, without the optimizer's state; they are read when they are asked for.</summary>
    /// <exception cref="FileFormatException">Their files are not there, or are not what the description says.</exception>
    public IReadOnlyList<StoredWeight> ReadStored() =>
        [.. TfjsManifest.Read(json["weightsManifest"], new TfjsFolder(path)).SelectMany(static group => group.Stored())];

    /// <summary>Makes the model with its weights.</summary>
    /// <param name="compile">Whether to compile it if the file says how.</param>
    /// <exception cref="FileFormatException">The weights' files are not there, or are not what the description says.</exception>
    /// <exception cref="ModelConfigException">The architecture is malformed, or has classes that are not known; all of them are named.</exception>
    /// <exception cref="WeightsException">The weights are not those of the architecture.</exception>
    public Model Load(bool compile)
    {
        var stored = ReadStored();
        var model = LegacyModel.Make(ReadConfig(compile), path, stored, compile);
        LegacyWeights.Assign(path, model, TfjsWeightNames.Match(model, stored, path));
        return model;
    }
}
