namespace GpuKeras.Cli;

/// <summary>A model together with the weights that <c>train mnist</c> saved for it.</summary>
internal static class SavedModel
{
    /// <summary>Loads a weights file into the model that its name says: <c>mnist-MODEL.safetensors</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Model Load(FileInfo weights, string? modelName)
    {
        if (!weights.Exists)
            throw new FileNotFoundException($"weights: there is no file {weights.FullName}. Hint: 'train mnist' writes one.");
        var name = modelName ?? MnistModels.Names.FirstOrDefault(name => Path.GetFileNameWithoutExtension(weights.Name) == $"mnist-{name}")
            ?? throw new ArgumentException(
                $"weights: the file name {weights.Name} does not say which model it belongs to. Hint: pass --model {string.Join('|', MnistModels.Names)}.");
        var model = MnistModels.Create(name);
        model.LoadWeights(weights.FullName);
        return model;
    }
}
