using GpuKeras.Saving;

namespace GpuKeras;

// Models and weights in files. The ending of a file's name says its format.
public partial class Model
{
    /// <summary>Writes the whole model to a file, replacing it: architecture, weights, how it was compiled, and the optimizer's state.</summary>
    /// <param name="path">The file; its ending must be <c>.keras</c>, and its folder must exist.</param>
    /// <remarks>
    /// The file is Keras 3's own: <c>keras.saving.load_model</c> reads it. Layers and models of the program's own are named by their
    /// <see cref="KerasSerializableAttribute"/>. Not kept: the state of random generators and metrics.
    /// </remarks>
    /// <exception cref="ArgumentException">The ending is not a known format's.</exception>
    /// <exception cref="NotSupportedException">The model has a part that a file cannot say, such as a lambda.</exception>
    /// <exception cref="InvalidOperationException">A weight is in no field, so that it has no name in the file.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    public void Save(string path) => Save(path, TimeProvider.System);

    internal void Save(string path, TimeProvider clock)
    {
        if (FileEnding.Is(path, FileEnding.WeightsH5) || FileEnding.Is(path, FileEnding.Safetensors))
            throw new ArgumentException($"Save: '{path}' is for weights alone. Hint: use SaveWeights, or the ending {FileEnding.Keras}.", nameof(path));
        if (!FileEnding.Is(path, FileEnding.Keras))
            throw FileEnding.Unknown(nameof(Save), path, FileEnding.Keras);
        KerasModelFile.Save(this, path, clock);
    }

    /// <summary>Makes the model that a file holds, with its weights.</summary>
    /// <param name="path">
    /// A file that <see cref="Save(string)"/> or Keras wrote, with the ending <c>.keras</c>; an older one of Keras', <c>.h5</c> or <c>.hdf5</c>; or a
    /// layers model of TensorFlow.js, by its <c>model.json</c> or the folder of that.
    /// </param>
    /// <param name="compile">Whether to compile it as it was when it was saved, so that <c>Fit</c> goes on from there.</param>
    /// <remarks>
    /// A file can do no more than describe a model: its classes are the library's own and those that the program registered, and nothing in it is
    /// run. Files from anywhere can be opened.
    /// </remarks>
    /// <exception cref="ArgumentException">The ending is not a known format's.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The file is damaged, or asks for more than a model of its size can need.</exception>
    /// <exception cref="ModelConfigException">The architecture has classes that are not known; all of them are named.</exception>
    /// <exception cref="WeightsException">The weights are not those of the architecture.</exception>
    public static Model Load(string path, bool compile = true)
    {
        if (FileEnding.Is(path, FileEnding.WeightsH5) || FileEnding.Is(path, FileEnding.Safetensors))
            throw new ArgumentException(
                $"Load: '{path}' holds weights alone. Hint: make the model in the program, and use LoadWeights.", nameof(path));
        if (FileEnding.Is(path, FileEnding.Keras))
            return KerasModelFile.Load(path, compile);
        if (FileEnding.IsH5(path))
        {
            using var file = new LegacyH5File(path);
            return file.Load(compile);
        }
        return FileEnding.IsTfjs(path)
            ? new TfjsModelFile(path).Load(compile)
            : throw FileEnding.Unknown(nameof(Load), path, FileEnding.Keras, FileEnding.H5, FileEnding.Hdf5, TfjsModelFile.FileName);
    }

    /// <summary>Writes all weights to a file, replacing it.</summary>
    /// <param name="path">The file; its ending must be <c>.weights.h5</c> or <c>.safetensors</c>, and its folder must exist.</param>
    /// <remarks>
    /// <para>
    /// <c>.weights.h5</c> is Keras 3's own format, with the optimizer's state if the model is compiled. A weight's place is the way to it
    /// through fields, such as <c>layers/dense/vars/0</c>: see <see cref="KerasNameAttribute"/>.
    /// </para>
    /// <para>
    /// In <c>.safetensors</c> a name is made of the names of the layers around the weight and its own, such as <c>block/dense/kernel</c>.
    /// Automatic layer names are counted anew within each layer, so that the same model made again finds its weights.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">The model has no weights yet.</exception>
    /// <exception cref="ArgumentException">The ending is not a known format's.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    public void SaveWeights(string path)
    {
        var isKeras = FileEnding.Is(path, FileEnding.WeightsH5);
        if (!isKeras && !FileEnding.Is(path, FileEnding.Safetensors))
            throw FileEnding.Unknown(nameof(SaveWeights), path, FileEnding.WeightsH5, FileEnding.Safetensors);
        CheckBuilt(nameof(SaveWeights));
        if (isKeras)
            AtomicFile.Write(path, stream => KerasWeightsWriter.Write(stream, this));
        else
            Safetensors.Save(path, WeightNames.Of(this).Select(static weight => KeyValuePair.Create<string, Tensor>(weight.Name, weight.Variable)));
    }

    /// <summary>Reads all weights from a file that <see cref="SaveWeights"/> or Keras wrote for the same model.</summary>
    /// <param name="path">The file; its ending must be <c>.weights.h5</c>, <c>.safetensors</c>, or <c>.keras</c> for the weights of a whole model; <c>.h5</c> is read as older versions
    /// of Keras wrote it, a whole model or weights, and by the order of the layers.</param>
    /// <remarks>
    /// If the model is compiled and its optimizer built, the optimizer's state in a <c>.weights.h5</c> file is read too. The state of random
    /// generators, which early versions of Keras 3 kept, is not.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The model has no weights yet.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="WeightsException">Names, shapes or dtypes differ; the message lists them, and no weight has changed.</exception>
    public void LoadWeights(string path)
    {
        if (FileEnding.Is(path, FileEnding.WeightsH5))
        {
            CheckBuilt(nameof(LoadWeights));
            using var reader = new KerasWeightsReader(path);
            reader.Load(this, buildOptimizer: false);
        }
        else if (FileEnding.Is(path, FileEnding.Keras))
        {
            CheckBuilt(nameof(LoadWeights));
            using var archive = new KerasArchive(path);
            using var reader = new KerasWeightsReader(archive.OpenWeights(), $"{path}: {KerasArchive.WeightsName}");
            reader.Load(this, buildOptimizer: false);
        }
        else if (FileEnding.IsH5(path))
        {
            CheckBuilt(nameof(LoadWeights));
            using var file = new LegacyH5File(path);
            file.LoadWeights(this);
        }
        else if (FileEnding.Is(path, FileEnding.Safetensors))
        {
            CheckBuilt(nameof(LoadWeights));
            using var reader = new SafetensorsReader(path);
            WeightsFile.Load(path, Name, WeightNames.Of(this), reader.Stored);
        }
        else
        {
            throw FileEnding.Unknown(nameof(LoadWeights), path, FileEnding.WeightsH5, FileEnding.Safetensors, FileEnding.Keras, FileEnding.H5);
        }
    }

    private void CheckBuilt(string operation)
    {
        if (!Built)
            throw new InvalidOperationException(
                $"{operation}: model '{Name}' isn't built, so that it has no weights yet. Hint: call it on data, or EnsureBuilt with the input's shape.");
    }
}
