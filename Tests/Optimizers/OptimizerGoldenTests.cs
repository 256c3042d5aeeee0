using System.Text.Json;
using System.Text.Json.Nodes;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Optimizers;

/// <summary>Every optimizer configuration of the reference table: ten steps on two variables, the state, the configuration.</summary>
public sealed class OptimizerGoldenTests
{
    private const string Table = "tables/optimizers";
    private const int Steps = 10;

    private static readonly string[] Cases =
    [
        "sgd", "sgd_momentum", "sgd_nesterov", "sgd_wd", "adam", "adam_lr01", "adam_amsgrad", "adam_bigeps", "adamw", "adamw_wd", "rmsprop",
        "rmsprop_mom_centered", "adagrad", "adadelta", "adamax", "nadam", "lion", "lion_wd", "ftrl", "ftrl_reg",
        "lamb", "lamb_wd", "adafactor", "adafactor_norel", "muon", "schedulefree_adamw", "sgd_clipnorm", "sgd_clipvalue",
        "sgd_global_clipnorm", "adam_ema",
        "adam_ema_overwrite", "adam_accum3", "adam_lossscale", "sgd_exp_schedule", "adam_cosine_schedule",
    ];

    private IReadOnlyDictionary<string, Tensor> arrays = null!;
    private JsonElement table;

    [OneTimeSetUp]
    public void Load() => (arrays, table) = (GoldenFiles.Npz(Table + ".npz"), GoldenFiles.Json(Table + ".json"));

    [Test]
    public void Cases_Table_HasNoOthers() =>
        Assert.That(table.EnumerateArray().Select(static entry => entry.GetProperty("case").GetString()), Is.EquivalentTo(Cases));

    [TestCaseSource(nameof(Cases))]
    public void TenSteps_KerasTable_SameValuesStateAndLearningRate(string name)
    {
        var entry = Entry(name);
        var optimizer = Make(entry);
        var (w, b) = (new Variable(arrays["w0"], name: "w"), new Variable(arrays["b0"], name: "b"));
        for (var step = 0; step < Steps; step++)
        {
            var rate = arrays[$"{name}/lr"].ToArray<float>()[step];
            Assert.That(optimizer.LearningRate, Is.EqualTo(rate).Within(1e-6 * rate), $"learning rate of step {step + 1}");
            optimizer.ApplyGradients([arrays["G1"][step], arrays["G2"][step]], [w, b]);
            AssertClose(w, arrays[$"{name}/w"][step], $"w after step {step + 1}");
            AssertClose(b, arrays[$"{name}/b"][step], $"b after step {step + 1}");
        }

        var variables = entry.GetProperty("variables");
        Assert.That(optimizer.Variables, Has.Count.EqualTo(variables.GetArrayLength()));
        for (var i = 0; i < optimizer.Variables.Count; i++)
        {
            var (actual, expected) = (optimizer.Variables[i], variables[i]);
            Assert.That(actual.Name, Is.EqualTo(expected[0].GetString()));
            Assert.That(actual.Path, Is.EqualTo(expected[1].GetString()));
            Assert.That(actual.DType.KerasName(), Is.EqualTo(expected[3].GetString()), actual.Path);
            AssertClose(actual, arrays[$"{name}/var{i}"], actual.Path);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Config_KerasTable_IsTheSame(string name)
    {
        var entry = Entry(name);
        var expected = JsonNode.Parse(entry.GetProperty("config").GetRawText());
        AssertSame(Make(entry).GetConfig(), expected, name);
        Assert.That(KerasConfig.Serialize(Make(entry))["module"]!.ToString(), Is.EqualTo("keras.optimizers"));
    }

    private static Optimizer Make(JsonElement entry) => (Optimizer)KerasConfig.Deserialize(new JsonObject
    {
        ["module"] = "keras.optimizers",
        ["class_name"] = entry.GetProperty("cls").GetString(),
        ["config"] = JsonNode.Parse(entry.GetProperty("config").GetRawText()),
    });

    private static void AssertClose(Tensor actual, Tensor expected, string what)
    {
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape), what);
        var (values, reference) = (Doubles(actual), Doubles(expected));
        for (var i = 0; i < values.Length; i++)
            Assert.That(values[i], Is.EqualTo(reference[i]).Within(1e-5 + 1e-4 * Math.Abs(reference[i])), $"{what}, element {i}");
    }

    private static double[] Doubles(Tensor tensor) => tensor.DType == DType.Int32
        ? Array.ConvertAll(tensor.ToArray<int>(), static value => (double)value)
        : Array.ConvertAll(tensor.ToArray<float>(), static value => (double)value);

    private static void AssertSame(JsonNode? actual, JsonNode? expected, string where)
    {
        switch (expected)
        {
            case JsonObject entries:
                Assert.That(
                    actual!.AsObject().Select(static entry => entry.Key), Is.EquivalentTo(entries.Select(static entry => entry.Key)),
                    where);
                foreach (var (key, value) in entries)
                    AssertSame(actual[key], value, $"{where}.{key}");
                break;
            case JsonArray values:
                Assert.That(actual!.AsArray(), Has.Count.EqualTo(values.Count), where);
                for (var i = 0; i < values.Count; i++)
                    AssertSame(actual[i], values[i], $"{where}[{i}]");
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                Assert.That(double.Parse(actual!.ToJsonString()), Is.EqualTo(value.GetValue<double>()), where);
                break;
            default:
                Assert.That(actual?.ToJsonString(), Is.EqualTo(expected?.ToJsonString()), where);
                break;
        }
    }

    private JsonElement Entry(string name) => table.EnumerateArray().Single(entry => entry.GetProperty("case").GetString() == name);
}
