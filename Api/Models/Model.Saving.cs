using GpuKeras.Saving;

namespace GpuKeras;

// Weights in files.
public partial class Model
{
    /// <summary>Writes all weights to a file, replacing it.</summary>
    /// <param name="path">The file; its ending must be <c>.safetensors</c>, and its folder must exist.</param>
    /// <remarks>
    /// A weight's name in the file is made of the names of the layers around it and its own, such as <c>block/dense/kernel</c>. Automatic
    /// layer names are counted anew within each layer, so that the same model made again finds its weights.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The model has no weights yet.</exception>
    /// <exception cref="ArgumentException">The ending is not a known format's.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    public void SaveWeights(string path)
    {
        if (!FileEnding.Is(path, FileEnding.Safetensors))
            throw FileEnding.Unknown(nameof(SaveWeights), path, FileEnding.Safetensors);
        CheckBuilt(nameof(SaveWeights));
        Safetensors.Save(path, WeightNames.Of(this).Select(static weight => KeyValuePair.Create<string, Tensor>(weight.Name, weight.Variable)));
    }

    /// <summary>Reads all weights from a file that <see cref="SaveWeights"/> wrote for the same model.</summary>
    /// <param name="path">The file; its ending must be <c>.safetensors</c>.</param>
    /// <exception cref="InvalidOperationException">The model has no weights yet.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="WeightsException">Names, shapes or dtypes differ; the message lists them, and no weight has changed.</exception>
    public void LoadWeights(string path)
    {
        if (!FileEnding.Is(path, FileEnding.Safetensors))
            throw FileEnding.Unknown(nameof(LoadWeights), path, FileEnding.Safetensors);
        CheckBuilt(nameof(LoadWeights));
        using var reader = new SafetensorsReader(path);
        WeightsFile.Load(path, Name, WeightNames.Of(this), reader.Stored);
    }

    private void CheckBuilt(string operation)
    {
        if (!Built)
            throw new InvalidOperationException(
                $"{operation}: model '{Name}' isn't built, so that it has no weights yet. Hint: call it on data, or EnsureBuilt with the input's shape.");
    }
}
