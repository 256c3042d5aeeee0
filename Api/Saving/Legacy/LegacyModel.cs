using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Makes models of older files from their translated configuration.</summary>
internal static class LegacyModel
{
    /// <summary>Makes a model without values in its weights.</summary>
    /// <param name="config">The configuration in Keras 3's form.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="stored">The weights in the file: the model may not have more than fit into those.</param>
    /// <param name="compile">Whether to compile it if the configuration says how.</param>
    /// <exception cref="FileFormatException">The model would have weights but is not built, since nothing says its input's shape.</exception>
    /// <exception cref="ModelConfigException">The configuration is malformed, has unknown classes, or asks for more weights than there are.</exception>
    public static Model Make(JsonObject config, string path, IEnumerable<StoredWeight> stored, bool compile)
    {
        var elements = stored.Sum(static weight => (double)weight.Elements);
        var model = ModelConfig.Deserialize(config, new ModelLoading
        {
            Compile = compile,
            InitializeWeights = false,
            BuildOptimizer = false,
            // Numbers of any size in the file may become the widest here.
            MaxWeightBytes = elements * sizeof(double),
        });
        return model.Built || elements == 0 ? model : throw new FileFormatException(
            path, $"the weights of model '{model.Name}' have no place, because the file does not say for which input's shape it was built",
            "make the model in the program, call it on data, and use LoadWeights");
    }
}
