namespace GpuKeras.Saving;

/// <summary>The ends of file names that say a format.</summary>
internal static class FileEnding
{
    /// <summary>A whole model as Keras 3 saves it.</summary>
    public const string Keras = ".keras";

    /// <summary>Weights as Keras 3 saves them.</summary>
    public const string WeightsH5 = ".weights.h5";

    /// <summary>Weights by name.</summary>
    public const string Safetensors = ".safetensors";

    /// <summary>Arrays by name, as NumPy keeps them; no format of a model's weights.</summary>
    public const string Npz = ".npz";

    /// <summary>A whole model or weights as Keras saved them before <c>.keras</c>.</summary>
    public const string H5 = ".h5";

    /// <summary>The same; Keras knows both.</summary>
    public const string Hdf5 = ".hdf5";

    /// <summary>A model of TensorFlow.js, with the files that it names.</summary>
    public const string Json = ".json";

    /// <summary>Whether a path has an ending; upper and lower case are the same.</summary>
    public static bool Is(string path, string ending)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a path is that of an older file of Keras'.</summary>
    public static bool IsH5(string path) => (Is(path, H5) || Is(path, Hdf5)) && !Is(path, WeightsH5);

    /// <summary>Whether a path is that of a TensorFlow.js model: its description, or the folder of that.</summary>
    public static bool IsTfjs(string path) => Is(path, Json) || Directory.Exists(path);

    /// <summary>The error for a path with another ending.</summary>
    /// <param name="operation">What was to be done.</param>
    /// <param name="path">The path.</param>
    /// <param name="known">The endings that the operation knows.</param>
    public static ArgumentException Unknown(string operation, string path, params ReadOnlySpan<string> known)
    {
        var verb = known.Length == 1 ? "is" : "are";
        return new ArgumentException(
            $"{operation}: the file's ending says its format; got '{path}'. Hint: known {verb} {string.Join(", ", known.ToArray())}.", nameof(path));
    }
}
