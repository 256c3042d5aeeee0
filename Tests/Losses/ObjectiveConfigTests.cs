using System.Text.Json.Nodes;
using GpuKeras.Losses;
using GpuKeras.Saving;
using NUnit.Framework;
using M = GpuKeras.Metrics;

namespace GpuKeras.Tests.Losses;

/// <summary>Every loss and metric becomes a configuration and comes back the same.</summary>
public sealed class ObjectiveConfigTests
{
    // Every constructor argument has a value other than its default.
    internal static readonly IKerasObject[] Objects =
    [
        new MeanSquaredError(LossReduction.Sum, "a"),
        new MeanAbsoluteError(LossReduction.None, "a"),
        new MeanAbsolutePercentageError(LossReduction.Mean, "a"),
        new MeanSquaredLogarithmicError(LossReduction.MeanWithSampleWeight, "a"),
        new LogCosh(LossReduction.Sum, "a"),
        new Hinge(LossReduction.Sum, "a"),
        new SquaredHinge(LossReduction.Sum, "a"),
        new CategoricalHinge(LossReduction.Sum, "a"),
        new KLDivergence(LossReduction.Sum, "a"),
        new Poisson(LossReduction.Sum, "a"),
        new CTC(LossReduction.Sum, "a"),
        new Huber(0.5, LossReduction.Sum, "a"),
        new CosineSimilarity(1, LossReduction.Sum, "a"),
        new BinaryCrossentropy(true, 0.1, 1, LossReduction.Sum, "a"),
        new BinaryFocalCrossentropy(true, 0.3, 1.5, true, 0.1, 1, LossReduction.Sum, "a"),
        new CategoricalCrossentropy(true, 0.1, 1, LossReduction.Sum, "a"),
        new CategoricalFocalCrossentropy(0.3, 1.5, true, 0.1, 1, LossReduction.Sum, "a"),
        new SparseCategoricalCrossentropy(true, 3, LossReduction.Sum, 1, "a"),
        new CategoricalGeneralizedCrossEntropy(0.3, LossReduction.Sum, "a"),
        new Dice(LossReduction.Sum, "a", [1, 2]),
        new Tversky(0.3, 0.7, LossReduction.Sum, "a", [1, 2]),
        new Circle(64, 0.25, false, LossReduction.Sum, "a"),
        new M.Mean("a"),
        new M.Sum("a"),
        new M.MeanMetricWrapper(new Huber(0.5), "a"),
        new M.MeanSquaredErrorMetric("a"),
        new M.RootMeanSquaredError("a"),
        new M.MeanAbsoluteErrorMetric("a"),
        new M.MeanAbsolutePercentageErrorMetric("a"),
        new M.MeanSquaredLogarithmicErrorMetric("a"),
        new M.LogCoshError("a"),
        new M.CosineSimilarityMetric("a", 1),
        new M.HingeMetric("a"),
        new M.SquaredHingeMetric("a"),
        new M.CategoricalHingeMetric("a"),
        new M.KLDivergenceMetric("a"),
        new M.PoissonMetric("a"),
        new M.BinaryCrossentropyMetric("a", true, 0.1),
        new M.CategoricalCrossentropyMetric("a", true, 0.1, 1),
        new M.SparseCategoricalCrossentropyMetric("a", true, 3, 1),
        new M.Accuracy("a"),
        new M.BinaryAccuracy("a", 0.3),
        new M.CategoricalAccuracy("a"),
        new M.SparseCategoricalAccuracy("a"),
        new M.TopKCategoricalAccuracy(3, "a"),
        new M.SparseTopKCategoricalAccuracy(3, "a", true),
        new M.TruePositives([0.2, 0.7], "a"),
        new M.TrueNegatives([0.2, 0.7], "a"),
        new M.FalsePositives([0.2, 0.7], "a"),
        new M.FalseNegatives([0.2, 0.7], "a"),
        new M.Precision([0.2, 0.7], 3, 1, "a"),
        new M.Recall([0.2, 0.7], 3, 1, "a"),
        new M.SensitivityAtSpecificity(0.3, 50, 1, "a"),
        new M.SpecificityAtSensitivity(0.3, 50, 1, "a"),
        new M.PrecisionAtRecall(0.3, 50, 1, "a"),
        new M.RecallAtPrecision(0.3, 50, 1, "a"),
        new M.AUC(4, "PR", "majoring", "a", [0.2, 0.7], true, 2, [1, 3], true),
        new M.FBetaScore("macro", 2, 0.3, "a"),
        new M.F1Score("micro", 0.3, "a"),
        new M.R2Score(null, 2, "a"),
        new M.IoU(4, [1, 3], "a", 2, false, false, 1, DType.Float32),
        new M.MeanIoU(4, "a", 2, false, false, 1, DType.Float32),
        new M.BinaryIoU([1], 0.3, "a", DType.Float32),
        new M.OneHotIoU(4, [1, 3], "a", 2, true, 1, DType.Float32),
        new M.OneHotMeanIoU(4, "a", 2, true, 1, DType.Float32),
    ];

    [TestCaseSource(nameof(Objects))]
    public void Config_WrittenAndRead_IsTheSame(IKerasObject original)
    {
        var written = KerasConfig.Serialize(original);

        var restored = KerasConfig.Deserialize(JsonNode.Parse(written.ToJsonString())!.AsObject());

        Assert.That(restored, Is.TypeOf(original.GetType()));
        Assert.That(KerasConfig.Serialize(restored).ToJsonString(), Is.EqualTo(written.ToJsonString()));
    }

    [Test]
    public void Objects_EveryLossAndMetric_IsListed()
    {
        var exported = typeof(Loss).Assembly.GetExportedTypes().Where(static type =>
            !type.IsAbstract && (type.IsSubclassOf(typeof(Loss)) || type.IsSubclassOf(typeof(M.Metric))));

        Assert.That(Objects.Select(static item => item.GetType()), Is.EquivalentTo(exported));
    }

    [Test]
    public void Config_OfALoss_IsKeras() => Assert.That(
        KerasConfig.Serialize(new BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.25)).ToJsonString(),
        Is.EqualTo(
            """{"module":"keras.losses","class_name":"BinaryCrossentropy","config":{"name":"binary_crossentropy","reduction":"sum_over_""" +
            """batch_size","from_logits":true,"label_smoothing":0.25,"axis":-1},"registered_name":null}"""));

    [Test]
    public void Config_OfAMetric_IsTheOneKerasWrote()
    {
        var written = GpuKeras.Tests.Support.GoldenFiles.Json("training/t02_binary_classweight_clipnorm/model.json")
            .GetProperty("compile").GetProperty("metrics")[1];

        var metric = KerasConfig.Deserialize(JsonNode.Parse(written.GetRawText())!.AsObject());

        Assert.That(metric, Is.TypeOf<M.AUC>());
        Assert.That(JsonNode.DeepEquals(KerasConfig.Serialize(metric), JsonNode.Parse(written.GetRawText())), Is.True);
    }

    [TestCase("keras.losses", typeof(Poisson))]
    [TestCase("keras.src.losses.losses", typeof(Poisson))]
    [TestCase("keras.metrics", typeof(M.PoissonMetric))]
    [TestCase("keras.src.metrics.probabilistic_metrics", typeof(M.PoissonMetric))]
    public void Deserialize_NameOfALossAndAMetric_FollowsTheModule(string module, Type type) =>
        Assert.That(KerasConfig.Deserialize(new JsonObject { ["module"] = module, ["class_name"] = "Poisson" }), Is.TypeOf(type));

    [Test]
    public void Deserialize_NameOfALossAndAMetricWithoutModule_FollowsWhatIsExpected()
    {
        var serialized = new JsonObject { ["class_name"] = "Poisson" };

        Assert.That(KerasConfig.Deserialize(serialized, typeof(M.Metric)), Is.TypeOf<M.PoissonMetric>());
        Assert.That(
            () => KerasConfig.Deserialize(serialized), Throws.ArgumentException.With.Message.Contains("keras.losses and keras.metrics"));
    }

    [TestCase("null", LossReduction.None)]
    [TestCase("\"none\"", LossReduction.None)]
    [TestCase("\"mean_with_sample_weight\"", LossReduction.MeanWithSampleWeight)]
    public void Config_Reduction_IsRead(string json, LossReduction reduction) => Assert.That(
        KerasConfig.FromConfig<MeanSquaredError>(new JsonObject { ["reduction"] = JsonNode.Parse(json) }).Reduction, Is.EqualTo(reduction));

    [Test]
    public void Config_UnknownReduction_IsNamed() => Assert.That(
        () => KerasConfig.FromConfig<MeanSquaredError>(new JsonObject { ["reduction"] = "average" }),
        Throws.ArgumentException.With.Message.Contains("average").And.Message.Contains("reduction"));

    [Test]
    public void Config_SingleThreshold_IsAListOfOne() => Assert.That(
        KerasConfig.FromConfig<M.Precision>(new JsonObject { ["thresholds"] = 0.7 }).Thresholds, Is.EqualTo(new[] { 0.7 }));
}
