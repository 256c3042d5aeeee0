using System.Text.Json.Nodes;
using GpuKeras.Kernels;

namespace GpuKeras.Saving;

/// <summary>Reads the <c>weightsManifest</c> of a TensorFlow.js model, and checks it against the files beside it.</summary>
/// <remarks>
/// A list of groups <c>{paths, weights: [{name, shape, dtype, quantization?}]}</c>; little-endian data in the order of the weights. Source:
/// the documentation of <c>tfjs-converter</c> and of <c>io.WeightsManifestConfig</c>. Nothing outside of the model's folder is opened.
/// </remarks>
internal sealed class TfjsManifest
{
    private const int MaxWeights = 1_000_000;

    private readonly TfjsFolder folder;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);

    private TfjsManifest(TfjsFolder folder) => this.folder = folder;

    /// <summary>Reads a manifest.</summary>
    /// <param name="manifest">The list of groups.</param>
    /// <param name="folder">Where the binary files are.</param>
    /// <exception cref="FileFormatException">It is malformed, leads out of the folder, or its sizes are not those of the files.</exception>
    public static IReadOnlyList<TfjsGroup> Read(JsonNode? manifest, TfjsFolder folder)
    {
        var reader = new TfjsManifest(folder);
        try
        {
            return [.. new ConfigReader(manifest, "weightsManifest").Items().Select(reader.Group)];
        }
        catch (ModelConfigException error)
        {
            throw new FileFormatException(folder.File, $"the list of weights is malformed: {error.Message}", innerException: error);
        }
    }

    private TfjsGroup Group(ConfigReader written)
    {
        var shards = written["paths"].Items().Select(Shard).ToList();
        var entries = new List<TfjsEntry>();
        long bytes = 0;
        foreach (var weight in written["weights"].Items())
        {
            var entry = Entry(weight, bytes);
            entries.Add(entry);
            bytes = entry.End;
            if (bytes < 0 || names.Count > MaxWeights)
                throw weight.Error("makes the weights larger than files can be");
        }
        var found = shards.Sum(static shard => shard.SizeBytes);
        if (found != bytes)
            throw new FileFormatException(
                folder.File, $"{written.Path}: the weights take {bytes} bytes, but {string.Join(", ", shards.Select(static shard => Path.GetFileName(shard.Path)))} " +
                $"have {found}", "copy or download the files again");
        return new TfjsGroup(shards, entries);
    }

    private TfjsShard Shard(ConfigReader written)
    {
        var path = written.Text();
        return paths.Add(path) ? folder.Shard(path) : throw written.Error($"the file '{path}' is named twice");
    }

    private TfjsEntry Entry(ConfigReader written, long start)
    {
        var name = written["name"].Text();
        if (!names.Add(name))
            throw written.Error($"the name '{name}' comes twice");
        var sizes = written["shape"].Items().Select(static size => (long)size.Integer()).ToArray();
        if (sizes.Length > Extents.MaxRank)
            throw written["shape"].Error($"a tensor has at most {Extents.MaxRank} axes; this one has {sizes.Length}");
        var (encoding, quantization) = Encoding(written);
        TensorStream.CountBytes($"{folder.File}: {name}", sizes, encoding.SizeBytes);
        var isOfOptimizer = written["group"].Value is JsonValue group && group.TryGetValue(out string? text) && text == "optimizer";
        return new TfjsEntry(name, new Shape(Array.ConvertAll(sizes, static size => (int)size)), encoding, quantization, start, isOfOptimizer);
    }

    private static (ElementEncoding Encoding, TfjsQuantization? Quantization) Encoding(ConfigReader written)
    {
        var dtype = written["dtype"].Text();
        var quantization = written["quantization"];
        if (!quantization.IsNull)
        {
            if (dtype != "float32")
                throw quantization.Error($"only float32 is read from quantised numbers; got {dtype}");
            if (quantization["dtype"].Text() == "float16")
                return (new(ElementKind.Float, 2), null);
            var levels = quantization["dtype"].Text() switch
            {
                "uint8" => 1,
                "uint16" => 2,
                var other => throw quantization.Error($"quantised numbers must be uint8, uint16 or float16; got {other}"),
            };
            return (new(ElementKind.Unsigned, levels), new(quantization["scale"].Number(), quantization["min"].Number()));
        }
        return dtype switch
        {
            "float32" => (new(ElementKind.Float, 4), null),
            "int32" => (new(ElementKind.Signed, 4), null),
            "bool" => (new(ElementKind.Bool, 1), null),
            _ => throw written["dtype"].Error($"weights of dtype {dtype} cannot be read. Hint: known are float32, int32, bool"),
        };
    }
}
