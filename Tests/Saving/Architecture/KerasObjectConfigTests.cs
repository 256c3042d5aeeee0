using System.Text.Json.Nodes;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Layers;
using GpuKeras.Tests.Losses;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>Every object with a configuration becomes one and comes back the same, under Keras' keys and in its order.</summary>
public class KerasObjectConfigTests
{
    // Keys that Keras forgets to write although its constructors take them.
    private static readonly Dictionary<string, string> Additional = new()
    {
        ["layers SimpleRNN"] = "seed",
        ["initializers Identity"] = "gain",
        ["metrics CosineSimilarity"] = "axis",
        ["metrics SparseTopKCategoricalAccuracy"] = "from_sorted_ids",
        ["metrics AUC"] = "thresholds",
    };

    // Every constructor argument has a value other than its default.
    private static readonly IKerasObject[] Others =
    [
        new L1(0.1), new L2(0.2), new L1L2(0.1, 0.2), new OrthogonalRegularizer(0.3, "columns"),
        new MaxNorm(3, 1), new MinMaxNorm(0.1, 0.9, 0.5, 1), new NonNeg(), new UnitNorm(1),
        new Zeros(), new Ones(), new Constant(0.3), new GpuKeras.Initializers.Identity(2), new Orthogonal(2, 5),
        new RandomNormal(1, 2, 5), new RandomUniform(-1, 2, 5), new TruncatedNormal(1, 2, 5), new VarianceScaling(2, "fan_out", "uniform", 5, [0], [1]),
        new GlorotNormal(5, [0], [1]), new GlorotUniform(5, [0], [1]), new HeNormal(5, [0], [1]), new HeUniform(5, [0], [1]),
        new LecunNormal(5, [0], [1]), new LecunUniform(5, [0], [1]),
        new CosineDecay(0.1, 5, 0.2, "a", 0.5, 3), new CosineDecayRestarts(0.1, 5, 3, 0.5, 0.2, "a"), new ExponentialDecay(0.1, 5, 0.5, true, "a"),
        new InverseTimeDecay(0.1, 5, 0.5, true, "a"), new PiecewiseConstantDecay([1, 2], [0.1, 0.2, 0.3], "a"), new PolynomialDecay(0.1, 5, 0.01, 2, true, "a"),
        new Adadelta(0.25, 0.9, 1e-6, 0.1, 1, name: "a"), new Adafactor(0.25, -0.7, 1e-20, 1e-2, 2, false, 0.1, 1, name: "a"),
        new Adagrad(0.25, 0.2, 1e-6, 0.1, 1, name: "a"), new Adam(0.25, 0.8, 0.9, 1e-6, true, 0.1, 1, name: "a"),
        new Adam(new ExponentialDecay(0.1, 5, 0.5), useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 3, gradientAccumulationSteps: 2, name: "a"),
        new Adamax(0.25, 0.8, 0.9, 1e-6, 0.1, clipvalue: 2, name: "a"), new AdamW(0.25, 0.1, 0.8, 0.9, 1e-6, true, globalClipnorm: 3, name: "a"),
        new Ftrl(0.25, -0.4, 0.2, 0.3, 0.4, 0.5, 0.6, 0.1, name: "a"), new Lamb(0.25, 0.8, 0.9, 1e-6, 0.1, name: "a"), new Lion(0.25, 0.8, 0.9, 0.1, name: "a"),
        new Muon(0.25, 0.8, 0.9, 0.01, 1e-6, 0.02, ["x"], false, 1, 2, 3, 0.5, 0.8, 4, false, 0.1, name: "a"),
        new Nadam(0.25, 0.8, 0.9, 1e-6, 0.1, name: "a"), new RMSprop(0.25, 0.8, 0.3, 1e-6, true, 0.1, name: "a"),
        new ScheduleFreeAdamW(0.25, 0.8, 0.9, 1e-6, 3, 0.1, name: "a"), new SGD(0.25, 0.5, true, 0.1, lossScaleFactor: 8, name: "a"),
        new InputLayer([3, Shape.Unknown], 4, DType.Int32, "a"),
    ];

    private static IEnumerable<IKerasObject> All =>
        [.. LayerCases.All.Where(static c => c.ConfigKeys is not null).Select(static c => c.Make()), .. ObjectiveConfigTests.Objects, .. Others];

    [Test]
    public void EveryType_HasACase()
    {
        // Lambda refuses, models have tests of their own.
        Type[] elsewhere = [typeof(Lambda), typeof(Model), typeof(Sequential)];
        var types = typeof(IKerasObject).Assembly.GetExportedTypes().Where(static type => !type.IsAbstract && typeof(IKerasObject).IsAssignableFrom(type));
        Assert.That(types.Except(elsewhere).Except(All.Select(static instance => instance.GetType())), Is.Empty);
    }

    [Test]
    public void Config_ThroughText_MakesAnEqualObject()
    {
        foreach (var instance in All)
        {
            var text = KerasJson.ToText(KerasConfig.Serialize(instance));
            var copy = KerasConfig.Deserialize(KerasJson.Parse(text));
            Assert.That(copy.GetType(), Is.EqualTo(instance.GetType()));
            Assert.That(KerasJson.ToText(KerasConfig.Serialize(copy)), Is.EqualTo(text));
        }
    }

    [Test]
    public void Keys_AreThoseOfKerasInItsOrder()
    {
        foreach (var instance in All)
        {
            var serialized = KerasConfig.Serialize(instance);
            var className = $"{((string)serialized["module"]!)["keras.".Length..]} {serialized["class_name"]}";
            if (instance is InputLayer or GpuKeras.Metrics.MeanMetricWrapper or PiecewiseConstantDecay)
                continue;
            var keys = serialized["config"]!.AsObject().Select(static entry => entry.Key).ToList();
            Assert.That(KerasKeys.ByClass, Does.ContainKey(className));
            var expected = KerasKeys.ByClass[className].ToList();
            // Written by all layers where it is not null, then before their own keys; left out where Keras 3.15 has none.
            foreach (var optional in (string[])["activity_regularizer", "delta", "axis"])
                if (keys.Contains(optional) != expected.Contains(optional) && !(optional == "axis" && className != "losses SparseCategoricalCrossentropy"))
                    _ = keys.Remove(optional) || expected.Remove(optional);
            if (keys.Contains("activity_regularizer") && serialized["config"]!["activity_regularizer"] is not null)
                _ = keys.Remove("activity_regularizer") && expected.Remove("activity_regularizer");
            if (Additional.TryGetValue(className, out var additional))
                keys.Remove(additional);
            Assert.That(keys, Is.EquivalentTo(expected), className);
            string[] common = ["name", "trainable", "dtype"];
            Assert.That(keys.Except(common), Is.EqualTo(expected.Except(common)), className);
        }
    }

    [Test]
    public void OptimizerConfigs_ThatKerasWrote_AreReadAndWrittenTheSame()
    {
        var tables = JsonNode.Parse(File.ReadAllText(GpuKeras.Tests.Support.GoldenFiles.PathOf("tables/optimizers.json")))!.AsArray();
        Assert.That(tables, Has.Count.AtLeast(30));
        foreach (var entry in tables)
        {
            var config = entry!["config"]!.AsObject();
            // Modules of Keras' optimizers depend on its backend: the class says which it is.
            var serialized = new JsonObject
            {
                ["module"] = "keras.src.backend.torch.optimizers.torch_" + ((string)entry["cls"]!).ToLowerInvariant(),
                ["class_name"] = (string)entry["cls"]!,
                ["config"] = config.DeepClone(),
                ["registered_name"] = (string)entry["cls"]!,
            };
            var written = KerasConfig.Deserialize(serialized).GetConfig();
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(written.ToJsonString()), config), Is.True, $"{entry["case"]}: {written.ToJsonString()}");
        }
    }
}
