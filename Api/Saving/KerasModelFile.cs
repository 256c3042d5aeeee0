using GpuKeras.Callbacks;

namespace GpuKeras.Saving;

/// <summary>Whole models as <c>.keras</c> files: architecture, weights, compile configuration and the optimizer's state.</summary>
internal static class KerasModelFile
{
    /// <summary>Writes a model, replacing the file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="clock">Tells the date that is written.</param>
    public static void Save(Model model, string path, TimeProvider clock)
    {
        if (!model.Built)
            Warnings.Write(
                $"You are saving model '{model.Name}', which has not yet been built. It might not contain any weights yet. " +
                "Consider building the model first by calling it on some data.");
        // First, because it may fail for what the model holds; then nothing has been written.
        var config = ModelConfig.Serialize(model);
        AtomicFile.Write(
            path, stream => KerasArchiveWriter.Write(stream, config, clock.GetLocalNow(), weights => KerasWeightsWriter.Write(weights, model)));
    }

    /// <summary>Makes the model that a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compile">Whether to compile it as it was.</param>
    public static Model Load(string path, bool compile)
    {
        using var archive = new KerasArchive(path);
        var config = archive.ReadConfig();
        using var weights = new KerasWeightsReader(archive.OpenWeights(), $"{path}: {KerasArchive.WeightsName}");
        var loading = new ModelLoading
        {
            Compile = compile,
            InitializeWeights = false,
            BuildOptimizer = false,
            // Numbers of any size in the file may become the widest here.
            MaxWeightBytes = (double)weights.Elements * sizeof(double),
        };
        var model = ModelConfig.Deserialize(config, loading);
        if (!model.Built && weights.Elements > 0)
            throw new FileFormatException(
                path, $"the weights of model '{model.Name}' have no place, because the file does not say for which input's shape it was built",
                "make the model in the program, call it on data, and use LoadWeights");
        weights.Load(model, buildOptimizer: true);
        return model;
    }
}
