using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Whole models as Keras' <c>config.json</c>: architecture, build and compile configuration.</summary>
internal static class ModelConfig
{
    /// <summary>A model as in the <c>config.json</c> of a <c>.keras</c> file.</summary>
    /// <exception cref="NotSupportedException">The model has a part that is code, or that Keras' files cannot say.</exception>
    public static JsonObject Serialize(Model model) => KerasConfig.Serialize(model);

    /// <summary>Makes a model: built if its input's shape is known, compiled if the configuration says how. Weights have their first values.</summary>
    /// <param name="config">The content of <c>config.json</c>.</param>
    /// <param name="loading">Limits, and what to leave out.</param>
    /// <exception cref="ModelConfigException">
    /// The configuration is malformed, or needs classes that this library does not have and the program has not registered: all of them are named.
    /// </exception>
    public static Model Deserialize(JsonObject config, ModelLoading? loading = null)
    {
        loading ??= new();
        ConfigCheck.RequireKnownClasses(config, loading.Compile);
        var root = new ConfigReader(config, "$");
        using var making = WeightMaking.Limit(loading.MaxWeightBytes, loading.InitializeWeights);
        var model = Make(root) as Model ?? throw root.Error("is no model");
        Build(model, root["build_config"]);
        if (loading.Compile && root["compile_config"].Value is JsonObject { Count: > 0 })
            CompileConfig.Apply(model, root["compile_config"], loading.BuildOptimizer);
        return model;
    }

    /// <summary>Makes the object that a configuration describes.</summary>
    /// <exception cref="ModelConfigException">It cannot be made.</exception>
    public static IKerasObject Make(ConfigReader serialized)
    {
        try
        {
            return KerasConfig.Deserialize(serialized.Object());
        }
        catch (ModelConfigException exception)
        {
            throw exception.Within(serialized.Path);
        }
        catch (Exception exception) when (IsBadConfiguration(exception))
        {
            throw serialized.Error(exception.Message, exception);
        }
    }

    /// <summary>Whether an error says that values do not fit, rather than that the program is wrong.</summary>
    public static bool IsBadConfiguration(Exception exception) => exception
        is ArgumentException and not ModelConfigException
        or FormatException or OverflowException or InvalidOperationException or NotSupportedException or KeyNotFoundException
        or InvalidCastException or IndexOutOfRangeException or JsonException;

    private static void Build(Model model, ConfigReader buildConfig)
    {
        if (model.Built || buildConfig.IsNull)
            return;
        var shapes = buildConfig["input_shape"];
        if (shapes.IsNull)
            shapes = buildConfig["shapes_dict"];
        if (shapes.IsNull)
            return;
        try
        {
            model.ApplyAll(BuildShapes.Read(shapes).ToInputs(model.DType));
        }
        catch (Exception exception) when (IsBadConfiguration(exception))
        {
            throw buildConfig.Error($"model '{model.Name}' cannot be built: {exception.Message}", exception);
        }
    }
}
