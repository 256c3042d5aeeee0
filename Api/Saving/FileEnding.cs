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

    /// <summary>Whether a path has an ending; upper and lower case are the same.</summary>
    public static bool Is(string path, string ending)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }

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
