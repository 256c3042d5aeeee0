using System.Text.Json.Nodes;

namespace GpuKeras.Tests.Saving.Tfjs;

/// <summary>Makes TensorFlow.js models as its documentation describes them, since there are no golden ones; and others that nobody should make.</summary>
internal sealed class TfjsCraft : IDisposable
{
    private readonly List<JsonObject> weights = [];
    private readonly MemoryStream data = new();

    public TfjsCraft()
    {
        Folder = Directory.CreateTempSubdirectory("gpukeras-").FullName;
        Json = new JsonObject
        {
            ["format"] = "layers-model",
            ["generatedBy"] = "keras v2.15.0",
            ["convertedBy"] = "TensorFlow.js Converter v4.22.0",
        };
    }

    public string Folder { get; }

    /// <summary>The content of <c>model.json</c>; the weights are added when it is written.</summary>
    public JsonObject Json { get; }

    public IReadOnlyList<JsonObject> Weights => weights;

    /// <summary>The architecture as Python's converter writes it.</summary>
    public TfjsCraft Converted(string modelConfig, string kerasVersion = "2.15.0", string? trainingConfig = null)
    {
        var topology = new JsonObject { ["keras_version"] = kerasVersion, ["backend"] = "tensorflow", ["model_config"] = JsonNode.Parse(modelConfig) };
        if (trainingConfig is not null)
            topology["training_config"] = JsonNode.Parse(trainingConfig);
        Json["modelTopology"] = topology;
        return this;
    }

    /// <summary>The architecture as the JavaScript library writes it.</summary>
    public TfjsCraft Saved(string className, string config)
    {
        Json["modelTopology"] = new JsonObject
        {
            ["class_name"] = className,
            ["config"] = JsonNode.Parse(config),
            ["keras_version"] = "tfjs-layers 4.22.0",
            ["backend"] = "tensor_flow.js",
        };
        return this;
    }

    public TfjsCraft Weight(string name, Tensor values)
    {
        var entry = Describe(name, values.Shape, values.DType switch { DType.Int32 => "int32", DType.Bool => "bool", _ => "float32" });
        weights.Add(entry);
        var bytes = new byte[values.Size * (values.DType == DType.Bool ? 1 : 4)];
        values.DownloadBytes(0, bytes);
        data.Write(bytes);
        return this;
    }

    public TfjsCraft Weight(JsonObject entry, byte[] bytes)
    {
        weights.Add(entry);
        data.Write(bytes);
        return this;
    }

    public static JsonObject Describe(string name, Shape shape, string dtype) => new()
    {
        ["name"] = name,
        ["shape"] = new JsonArray([.. shape.Select(static size => (JsonNode)size)]),
        ["dtype"] = dtype,
    };

    /// <summary>Writes the model into its folder.</summary>
    /// <param name="shardBytes">The sizes of all binary files but the last.</param>
    /// <returns>The path of <c>model.json</c>.</returns>
    public string Write(params int[] shardBytes)
    {
        var names = new JsonArray();
        var rest = data.ToArray().AsSpan();
        for (var i = 0; i <= shardBytes.Length; i++)
        {
            var size = i < shardBytes.Length ? shardBytes[i] : rest.Length;
            var name = $"group1-shard{i + 1}of{shardBytes.Length + 1}.bin";
            File.WriteAllBytes(Path.Combine(Folder, name), rest[..size]);
            rest = rest[size..];
            names.Add(name);
        }
        if (!Json.ContainsKey("weightsManifest"))
            Json["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = names, ["weights"] = new JsonArray([.. weights]) });
        return WriteJson();
    }

    public string WriteJson()
    {
        var path = Path.Combine(Folder, "model.json");
        File.WriteAllText(path, Json.ToJsonString(new() { MaxDepth = 1000 }));
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
