using System.Text.Json.Nodes;
using GpuKeras.Hdf5;

namespace GpuKeras.Saving;

/// <summary>An open <c>.h5</c> file as Keras wrote them before <c>.keras</c>: a whole model, or weights alone.</summary>
/// <remarks>
/// Configurations are attributes of the root. The group <c>model_weights</c>, or the root where there are weights alone, has a group for
/// each layer, and lists of their names in their order: layers are matched by it, and the weights in them.
/// </remarks>
internal sealed class LegacyH5File : IDisposable
{
    private const string WeightsGroup = "model_weights";
    private const string OptimizerGroup = "optimizer_weights";
    private const string TopLevel = "top_level_model_weights";

    private readonly string path;
    private readonly Hdf5File file;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is not an HDF5 file, or it is damaged.</exception>
    public LegacyH5File(string path)
    {
        this.path = path;
        file = Hdf5File.Open(path);
    }

    /// <summary>The version of Keras that wrote the file; null if it does not say.</summary>
    public string? KerasVersion => Text(file.Root, "keras_version") ?? Text(Weights, "keras_version");

    /// <summary>Whether there is an architecture.</summary>
    public bool HasModel => file.Root.FindAttribute("model_config") is not null;

    private Hdf5Group Weights => file.Root.Find(WeightsGroup) as Hdf5Group ?? file.Root;

    private LegacyDialect Dialect => LegacyDialect.Of(KerasVersion);

    /// <summary>Makes the model that the file holds.</summary>
    /// <param name="compile">Whether to compile it as it was.</param>
    /// <exception cref="FileFormatException">The file holds no model, or is damaged.</exception>
    /// <exception cref="ModelConfigException">The architecture is malformed, or has classes that are not known; all of them are named.</exception>
    /// <exception cref="WeightsException">The weights are not those of the architecture.</exception>
    public Model Load(bool compile)
    {
        var layers = ReadLayers(out var topLevel);
        var optimizerState = ReadOptimizerState();
        var model = LegacyModel.Make(ReadConfig(compile), path, layers.SelectMany(static layer => layer.Weights).Concat(topLevel ?? []), compile);
        LegacyWeights.Assign(path, model, LegacyWeights.Match(model, layers, topLevel, path, preferNames: true));
        // Afterwards, because some optimizers start from the weights' values.
        if (model.IsCompiled && optimizerState.Count > 0)
            LegacyWeights.Assign(path, model, LegacyOptimizerState.Match(model, optimizerState, OptimizerGroup + "/", Dialect));
        return model;
    }

    /// <summary>Reads the weights into a model that the program made.</summary>
    /// <exception cref="WeightsException">They are not those of the model, which is unchanged.</exception>
    public void LoadWeights(Model model)
    {
        var layers = ReadLayers(out var topLevel);
        LegacyWeights.Assign(path, model, LegacyWeights.Match(model, layers, topLevel, path, preferNames: false));
    }

    /// <summary>The model's configuration in Keras 3's form.</summary>
    /// <param name="withCompilation">Whether to include how it was compiled.</param>
    public JsonObject ReadConfig(bool withCompilation)
    {
        var text = Text(file.Root, "model_config") ?? throw new FileFormatException(
            path, "holds no model: there is no attribute 'model_config'", "for weights alone make the model in the program, and use LoadWeights");
        var config = LegacyConfig.Model(KerasJson.Parse(text, "model_config"), Dialect);
        if (withCompilation && Text(file.Root, "training_config") is { } training)
            config["compile_config"] = LegacyTraining.Compilation(KerasJson.Parse(training, "training_config"));
        return config;
    }

    /// <summary>All arrays: the weights, and the optimizer's state.</summary>
    /// <exception cref="FileFormatException">A list or an array is damaged.</exception>
    public IReadOnlyList<StoredWeight> ReadStored()
    {
        var layers = ReadLayers(out var topLevel);
        return [.. layers.SelectMany(static layer => layer.Weights), .. topLevel ?? [], .. ReadOptimizerState()];
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static string? Text(Hdf5Object owner, string attribute) => owner.FindAttribute(attribute)?.ReadString();

    private List<LegacyLayerWeights> ReadLayers(out IReadOnlyList<StoredWeight>? topLevel)
    {
        var group = Weights;
        // Theano's convolutions turned their kernels over; such files have not been written since 2018.
        if (Text(group, "backend") == "theano")
            throw new FileFormatException(path, "weights of Keras' Theano backend are not read", "load the model with Keras 2.2 on TensorFlow, and save it again");
        var names = Names(group, "layer_names") ?? throw new FileFormatException(
            path, "is no .h5 file of a Keras model: there is no attribute 'layer_names'", "weights that Keras 3 saved have the ending .weights.h5");
        topLevel = group.Find(TopLevel) is Hdf5Group own ? ReadWeights(own) : null;
        return [.. names.Select(name => new LegacyLayerWeights(name, ReadWeights(group.Group(name))))];
    }

    private List<StoredWeight> ReadOptimizerState() => file.Root.Find(OptimizerGroup) is Hdf5Group group ? ReadWeights(group) : [];

    private List<StoredWeight> ReadWeights(Hdf5Group group) =>
        (Names(group, "weight_names") ?? []).ConvertAll(name => Hdf5Weights.Describe(path, group.Dataset(name)));

    // A list too long for one attribute goes on in others: layer_names0, layer_names1, …
    private List<string>? Names(Hdf5Group group, string attribute)
    {
        List<string>? names = null;
        if (group.FindAttribute(attribute) is { } whole)
            names = [.. whole.ReadStrings()];
        else
            for (var i = 0; group.FindAttribute($"{attribute}{i}") is { } part; i++)
                (names ??= []).AddRange(part.ReadStrings());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names ?? [])
            if (!seen.Add(name))
                throw new FileFormatException(path, $"'{group.Path}': the list '{attribute}' names '{name}' twice");
        return names;
    }
}
