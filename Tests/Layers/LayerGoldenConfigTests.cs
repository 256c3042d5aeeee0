using System.IO.Compression;
using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

/// <summary>Layers made from configurations that Keras wrote write the same ones.</summary>
public class LayerGoldenConfigTests
{
    private static readonly HashSet<string> Tested = [.. LayerCases.All.Select(static c => c.Type.Name)];

    [TestCase("training/t01_mlp_bn_valsplit_sampleweight/model.json", 3)]
    [TestCase("training/t02_binary_classweight_clipnorm/model.json", 2)]
    [TestCase("models/01_mlp_bn_dropout/model.keras", 7)]
    [TestCase("models/03_functional_multi_io/model.keras", 8)]
    public void Config_OfKeras_IsReadAndWrittenUnchanged(string file, int least)
    {
        var layers = new List<JsonObject>();
        Collect(Read(GoldenFiles.PathOf(file)), layers);
        Assert.That(layers, Has.Count.AtLeast(least));
        foreach (var layer in layers)
            AssertSame(layer["config"]!.AsObject(), ((Layer)KerasConfig.Deserialize(layer)).GetConfig(), (string)layer["class_name"]!);
    }

    private static JsonNode Read(string path)
    {
        if (Path.GetExtension(path) == ".json")
            return JsonNode.Parse(File.ReadAllText(path))!;
        using var archive = ZipFile.OpenRead(path);
        using var stream = archive.GetEntry("config.json")!.Open();
        return JsonNode.Parse(stream)!;
    }

    private static void Collect(JsonNode? node, List<JsonObject> layers)
    {
        if (node is JsonArray list)
            foreach (var entry in list)
                Collect(entry, layers);
        if (node is not JsonObject entries)
            return;
        if ((string?)(entries["module"] as JsonValue) == "keras.layers" && Tested.Contains((string)entries["class_name"]!))
            layers.Add(entries);
        foreach (var (_, entry) in entries)
            Collect(entry, layers);
    }

    private static void AssertSame(JsonObject expected, JsonObject actual, string what)
    {
        Assert.That(actual.Select(static entry => entry.Key), Is.EquivalentTo(expected.Select(static entry => entry.Key)), what);
        foreach (var (key, value) in expected)
        {
            if (key == "dtype")
                continue;
            // Objects are initializers and regularizers, which have tests of their own.
            if (value is JsonObject instance)
                Assert.That((string)actual[key]!["class_name"]!, Is.EqualTo((string)instance["class_name"]!), $"{what}: {key}");
            else
                // By value: Python writes 6.0 and 1e-05 where .NET writes 6 and 1E-05.
                Assert.That(
                    JsonNode.DeepEquals(JsonNode.Parse(actual[key]?.ToJsonString() ?? "null"), value), Is.True,
                    $"{what}: {key} is {actual[key]?.ToJsonString()}, not {value?.ToJsonString()}");
        }
    }
}
