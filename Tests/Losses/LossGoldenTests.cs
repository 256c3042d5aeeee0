using System.Text.Json;
using System.Text.Json.Nodes;
using GpuKeras.Losses;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Losses;

/// <summary>Every loss, every reduction, with and without weights, and its gradient, against values computed with Keras 3.15.</summary>
public sealed class LossGoldenTests
{
    private const double ForwardRelative = 1e-4;
    private const double ForwardAbsolute = 1e-5;
    private const double GradientRelative = 1e-3;
    private const double GradientAbsolute = 1e-4;

    [Test]
    public void Losses_EveryVariant_ValueAndGradientAreKeras()
    {
        var arrays = GoldenFiles.Npz("tables/losses.npz");
        var (variants, gradients) = (0, 0);
        Assert.Multiple(() =>
        {
            foreach (var entry in GoldenFiles.Json("tables/losses.json").EnumerateArray())
            {
                if (!entry.TryGetProperty("variants", out var listed))
                    continue;
                foreach (var variant in listed.EnumerateArray())
                {
                    var key = variant.GetString()!;
                    gradients += CheckVariant(entry, key, arrays);
                    variants++;
                }
            }
        });
        Assert.That(variants, Is.EqualTo(350));
        Assert.That(gradients, Is.EqualTo(70));
    }

    [TestCase("sum_over_batch_size")]
    [TestCase("sum")]
    [TestCase("mean_with_sample_weight")]
    public void Losses_MaskedPredictions_ValueIsKeras(string reduction)
    {
        var arrays = GoldenFiles.Npz("tables/losses.npz");
        var entry = GoldenFiles.Json("tables/losses.json").EnumerateArray().Single(
            item => item.GetProperty("case").GetString() == "masked_scce");
        var predictions = arrays[entry.GetProperty("y_pred").GetString()!].Reshape([6, 5, 4]);
        predictions.Mask = arrays["masked_scce/mask"];

        var value = Make(entry, reduction).Apply(arrays[entry.GetProperty("y_true").GetString()!], predictions);

        Near.Check(
            reduction, value.ToArray<float>(), arrays["masked_scce/" + reduction].ToArray<float>(), ForwardRelative, ForwardAbsolute);
    }

    private static int CheckVariant(JsonElement entry, string key, IReadOnlyDictionary<string, Tensor> arrays)
    {
        var parts = key.Split('/');
        var yTrue = arrays[entry.GetProperty("y_true").GetString()!];
        var yPred = arrays[entry.GetProperty("y_pred").GetString()!].Reshape(arrays[entry.GetProperty("y_pred").GetString()!].Shape);
        var weight = parts[2] == "w" ? arrays["sw"].Slice(0, ..yTrue.Shape[0]) : null;
        using var tape = new GradientTape();
        tape.Watch(yPred);
        var value = Make(entry, parts[1]).Apply(yTrue, yPred, weight);
        Near.Check(key, value.ToArray<float>(), arrays[key].ToArray<float>(), ForwardRelative, ForwardAbsolute);
        if (!arrays.TryGetValue(key + "/dpred", out var expected))
            return 0;
        Near.Check(
            key + " gradient", tape.Gradient(value, yPred)!.ToArray<float>(), expected.ToArray<float>(), GradientRelative,
            GradientAbsolute);
        return 1;
    }

    private static Loss Make(JsonElement entry, string reduction)
    {
        var config = JsonNode.Parse(entry.GetProperty("kwargs").GetRawText())!.AsObject();
        config["reduction"] = reduction == "None" ? null : reduction;
        return (Loss)KerasConfig.Deserialize(new JsonObject
        {
            ["module"] = "keras.losses",
            ["class_name"] = entry.GetProperty("cls").GetString(),
            ["config"] = config,
            ["registered_name"] = null,
        });
    }
}
