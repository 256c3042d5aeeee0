using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>Whole models whose configuration Keras wrote: read, built, and written again as they were.</summary>
public class GoldenModelConfigTests
{
    private static readonly string[] Models = ["01_mlp_bn_dropout", "03_functional_multi_io", "09_subclass"];

    [SetUp]
    public void NamesFromTheStart() => Keras.ClearSession();

    [TestCaseSource(nameof(Models))]
    public void Model_ReadAndWritten_IsTheSameJson(string name)
    {
        var expected = Config(name);
        var model = ModelConfig.Deserialize(Config(name));
        var written = KerasJson.Parse(KerasJson.ToText(ModelConfig.Serialize(model)));
        AssertSame(expected, written, "$");
        // Built again from what was written, it is written the same.
        Assert.That(KerasJson.ToText(ModelConfig.Serialize(ModelConfig.Deserialize(written))), Is.EqualTo(KerasJson.ToText(written)));
    }

    [TestCaseSource(nameof(Models))]
    public void Weights_OfModelsFromKerasConfig_HaveItsOrderPathsShapesAndFlags(string name)
    {
        var model = ModelConfig.Deserialize(Config(name));
        var info = GoldenFiles.Json($"models/{name}/info.json");
        var expected = info.GetProperty("weights").EnumerateArray().Select(static weight => (
            weight.GetProperty("path").GetString()!, new Shape([.. weight.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())]),
            weight.GetProperty("dtype").GetString()!, weight.GetProperty("trainable").GetBoolean()));
        Assert.That(
            model.Weights.Select(static weight => (weight.Path, weight.Shape, weight.DType.KerasName(), weight.Trainable)), Is.EqualTo(expected));
        Assert.That(model.CountParameters(), Is.EqualTo(info.GetProperty("count_params").GetInt64()));
        var layers = info.GetProperty("layers").EnumerateArray().Select(static layer => (layer[0].GetString(), layer[1].GetString()));
        Assert.That(model.Layers.Select(static layer => (layer.Name, layer.GetType().Name)), Is.EqualTo(layers));
    }

    [TestCaseSource(nameof(Models))]
    public void Summary_OfModelsFromKerasConfig_HasItsNumbers(string name)
    {
        var lines = new List<string>();
        ModelConfig.Deserialize(Config(name)).Summary(lines.Add);
        var expected = GoldenFiles.Text($"models/{name}/summary.txt");
        Assert.That(Numbers(string.Join('\n', lines)), Is.EqualTo(Numbers(expected)));
    }

    private static JsonObject Config(string name)
    {
        using var archive = ZipFile.OpenRead(GoldenFiles.PathOf($"models/{name}/model.keras"));
        using var reader = new StreamReader(archive.GetEntry("config.json")!.Open());
        return KerasJson.Parse(reader.ReadToEnd());
    }

    // The number of parameters in each row of the table, and the totals.
    private static List<string> Numbers(string summary) =>
        [.. Regex.Matches(summary, @"(?<=[│ ])[0-9,]+(?= *│)|(Total|Trainable|Non-trainable|Optimizer) params: .*", RegexOptions.Multiline)
            .Select(static match => match.Value.Trim())];

    private static void AssertSame(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject named:
                Assert.That(actual, Is.InstanceOf<JsonObject>(), path);
                // Keras numbers objects that several layers share; nothing reads the numbers.
                Assert.That(
                    actual!.AsObject().Select(static entry => entry.Key),
                    Is.EqualTo(named.Select(static entry => entry.Key).Where(static key => key != "shared_object_id")), path);
                foreach (var (key, value) in named)
                    if (key != "shared_object_id")
                        AssertSame(value, actual[key], $"{path}.{key}");
                break;
            case JsonArray list:
                Assert.That(actual, Is.InstanceOf<JsonArray>(), path);
                Assert.That(actual!.AsArray(), Has.Count.EqualTo(list.Count), path);
                for (var i = 0; i < list.Count; i++)
                    AssertSame(list[i], actual[i], $"{path}[{i}]");
                break;
            default:
                Assert.That(JsonNode.DeepEquals(expected, actual), Is.True, $"{path}: expected {expected?.ToJsonString()}, got {actual?.ToJsonString()}");
                break;
        }
    }
}
