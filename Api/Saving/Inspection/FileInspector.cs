using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Opens files to see what they hold. Nothing in them is run, and classes that are not known are no obstacle.</summary>
internal static class FileInspector
{
    /// <summary>Opens a file by its ending.</summary>
    /// <exception cref="ArgumentException">The ending is not a known format's.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is damaged.</exception>
    public static FileContents Open(string path)
    {
        if (FileEnding.Is(path, FileEnding.Keras))
            return OpenModel(path);
        if (FileEnding.Is(path, FileEnding.WeightsH5))
        {
            var reader = new KerasWeightsReader(path);
            return new FileContents("Keras weights (HDF5)", reader.Stored) { Source = reader, Layers = LayerListing.Of([], reader.Stored, reader.Objects) };
        }
        if (FileEnding.Is(path, FileEnding.Safetensors))
        {
            var reader = new SafetensorsReader(path);
            return new FileContents("safetensors", [.. reader.Stored]) { Source = reader };
        }
        if (FileEnding.Is(path, FileEnding.Npz))
            return OpenArrays(path);
        if (FileEnding.IsH5(path))
            return OpenLegacy(path);
        if (FileEnding.IsTfjs(path))
            return OpenTfjs(path);
        throw FileEnding.Unknown(
            "inspect", path, FileEnding.Keras, FileEnding.WeightsH5, FileEnding.Safetensors, FileEnding.Npz, FileEnding.H5, TfjsModelFile.FileName);
    }

    private static FileContents OpenModel(string path)
    {
        using var archive = new KerasArchive(path);
        var (metadata, config) = (archive.ReadMetadata(), archive.ReadConfig());
        var reader = new KerasWeightsReader(archive.OpenWeights(), $"{path}: {KerasArchive.WeightsName}");
        var format = $"Keras model, version {ConfigText.Of(metadata["keras_version"])}, saved {ConfigText.Of(metadata["date_saved"])}";
        return OfModel(format, reader.Stored, reader, () => config);
    }

    private static FileContents OpenLegacy(string path)
    {
        var file = new LegacyH5File(path);
        try
        {
            var stored = file.ReadStored();
            var version = file.KerasVersion ?? "unknown";
            return file.HasModel
                ? OfModel($"Keras model (HDF5), version {version}", stored, file, () => file.ReadConfig(withCompilation: true))
                : new FileContents($"Keras weights by layers (HDF5), version {version}", stored) { Source = file };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileContents OpenTfjs(string path)
    {
        var file = new TfjsModelFile(path);
        return OfModel(
            $"TensorFlow.js layers model, version {file.KerasVersion ?? "unknown"}", file.ReadStored(), new Arrays([]), () => file.ReadConfig(withCompilation: true));
    }

    private static FileContents OfModel(string format, IReadOnlyList<StoredWeight> stored, IDisposable source, Func<JsonObject> readConfig)
    {
        JsonObject config;
        try
        {
            config = readConfig();
        }
        catch (ModelConfigException exception)
        {
            return new FileContents(format, stored) { Source = source, Problem = exception.Message };
        }
        var (model, problem) = Make(config, stored.Sum(static weight => weight.Elements));
        return new FileContents(format, stored)
        {
            Source = source,
            Model = model,
            Problem = problem,
            Layers = LayerListing.Of(config, stored, (source as KerasWeightsReader)?.Objects ?? []),
            CompileConfig = config["compile_config"] as JsonObject,
        };
    }

    private static FileContents OpenArrays(string path)
    {
        var arrays = Npz.Load(path);
        var weights = arrays.Select(static array =>
            new StoredWeight(array.Key, array.Value.Shape, ElementEncoding.Of(array.Value.DType), () => array.Value)).ToList();
        return new FileContents("NumPy archive", weights) { Source = new Arrays(arrays.Values) };
    }

    private static (Model? Model, string? Problem) Make(JsonObject config, long elements)
    {
        try
        {
            var loading = new ModelLoading { Compile = false, InitializeWeights = false, MaxWeightBytes = (double)elements * sizeof(double) };
            return (ModelConfig.Deserialize(config, loading), null);
        }
        catch (ModelConfigException exception)
        {
            return (null, exception.Message);
        }
    }

    private sealed class Arrays(IEnumerable<Tensor> tensors) : IDisposable
    {
        public void Dispose()
        {
            foreach (var tensor in tensors)
                tensor.Dispose();
        }
    }
}
