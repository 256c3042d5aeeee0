using System.Text.Json;
using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Reference files computed with Keras, which lie beside the repository in <c>../shared/golden</c>.</summary>
/// <remarks>Where they are absent, the running test is ignored with the reason.</remarks>
public static class GoldenFiles
{
    /// <summary>The full path of a file, given by its path within the folder, such as <c>text/utils.json</c>.</summary>
    public static string PathOf(string relative)
    {
        var root = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "GpuKeras.sln")))
            root = root.Parent;
        if (root?.Parent is not { } outside)
            throw new IgnoreException("The reference files cannot be found: the tests do not run from within the repository.");
        var path = Path.Combine(outside.FullName, "shared", "golden", relative);
        return File.Exists(path) ? path : throw new IgnoreException($"The reference file ../shared/golden/{relative} is not here.");
    }

    /// <summary>The arrays of an <c>.npz</c> file by name.</summary>
    public static IReadOnlyDictionary<string, Tensor> Npz(string relative) => GpuKeras.Saving.Npz.Load(PathOf(relative));

    /// <summary>The array of an <c>.npy</c> file.</summary>
    public static Tensor Npy(string relative) => GpuKeras.Saving.Npy.Load(PathOf(relative));

    /// <summary>The root of a JSON file.</summary>
    public static JsonElement Json(string relative) => JsonDocument.Parse(File.ReadAllText(PathOf(relative))).RootElement;

    /// <summary>A text file.</summary>
    public static string Text(string relative) => File.ReadAllText(PathOf(relative));
}
