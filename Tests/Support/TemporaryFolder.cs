namespace GpuKeras.Tests.Support;

/// <summary>A folder of its own for a test, deleted with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gpukeras-tests-");

    /// <summary>The folder's full path.</summary>
    public string FullName => folder.FullName;

    /// <summary>The names of all files in the folder, hidden ones included.</summary>
    public string[] FileNames => [.. folder.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        var path = File(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
