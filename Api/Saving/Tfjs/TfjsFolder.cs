namespace GpuKeras.Saving;

/// <summary>The folder of a TensorFlow.js model, which no file that it names may lie outside of.</summary>
internal sealed class TfjsFolder
{
    private const string Distrust = "do not trust this file";

    private readonly string folder;

    /// <summary>The folder of a model.</summary>
    /// <param name="file">The path of its <c>model.json</c>.</param>
    public TfjsFolder(string file)
    {
        File = file;
        folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
    }

    /// <summary>The <c>model.json</c>.</summary>
    public string File { get; }

    /// <summary>A file that the model names.</summary>
    /// <param name="name">The path from the folder, with slashes.</param>
    /// <exception cref="FileFormatException">It leads out of the folder, goes over a link, or there is no such file.</exception>
    public TfjsShard Shard(string name)
    {
        var parts = name.Split('/');
        if (name.AsSpan().ContainsAny("\\:\0") || parts.Any(static part => part is "" or "." or ".."))
            throw new FileFormatException(File, $"the weights' file '{name}' leads out of the model's folder", Distrust);
        var path = folder;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            // A link may lead anywhere, or to a device that never ends.
            if (new FileInfo(path).LinkTarget is not null)
                throw new FileFormatException(File, $"the weights' file '{name}' is a link, and links are not followed", "put a copy of the file in its place");
        }
        var info = new FileInfo(path);
        return info.Exists && (info.Attributes & (FileAttributes.Device | FileAttributes.Directory)) == 0
            ? new TfjsShard(path, info.Length)
            : throw new FileFormatException(File, $"the weights' file '{name}' is not there", "copy the model with all its files");
    }
}
