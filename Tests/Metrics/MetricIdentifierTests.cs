using GpuKeras.Metrics;
using NUnit.Framework;

namespace GpuKeras.Tests.Metrics;

/// <summary>Keras' string identifiers of metrics.</summary>
public sealed class MetricIdentifierTests
{
    [TestCase("mse", typeof(MeanSquaredErrorMetric))]
    [TestCase("MAE", typeof(MeanAbsoluteErrorMetric))]
    [TestCase("mape", typeof(MeanAbsolutePercentageErrorMetric))]
    [TestCase("msle", typeof(MeanSquaredLogarithmicErrorMetric))]
    [TestCase("bce", typeof(BinaryCrossentropyMetric))]
    [TestCase("auc", typeof(AUC))]
    [TestCase("AUC", typeof(AUC))]
    [TestCase("precision", typeof(Precision))]
    [TestCase("recall", typeof(Recall))]
    [TestCase("f1_score", typeof(F1Score))]
    [TestCase("root_mean_squared_error", typeof(RootMeanSquaredError))]
    [TestCase("RootMeanSquaredError", typeof(RootMeanSquaredError))]
    [TestCase("top_k_categorical_accuracy", typeof(TopKCategoricalAccuracy))]
    [TestCase("sparse_top_k_categorical_accuracy", typeof(SparseTopKCategoricalAccuracy))]
    [TestCase("sparse_categorical_crossentropy", typeof(SparseCategoricalCrossentropyMetric))]
    [TestCase("kl_divergence", typeof(KLDivergenceMetric))]
    [TestCase("true_positives", typeof(TruePositives))]
    [TestCase("r2_score", typeof(R2Score))]
    [TestCase("binary_io_u", typeof(BinaryIoU))]
    [TestCase("binary_accuracy", typeof(BinaryAccuracy))]
    public void Resolve_Identifier_HasItsClassAndThatName(string identifier, Type type)
    {
        var metric = ((MetricIdentifier)identifier).Resolve([4, 3], [4, 3]);

        Assert.That(metric, Is.TypeOf(type));
        Assert.That(metric.Name, Is.EqualTo(identifier));
    }

    [TestCase(new[] { 8 }, new[] { 8, 1 }, typeof(BinaryAccuracy), typeof(BinaryCrossentropyMetric))]
    [TestCase(new[] { 8, 1 }, new[] { 8, 1 }, typeof(BinaryAccuracy), typeof(BinaryCrossentropyMetric))]
    [TestCase(new[] { 8 }, new[] { 8, 3 }, typeof(SparseCategoricalAccuracy), typeof(SparseCategoricalCrossentropyMetric))]
    [TestCase(new[] { 8, 1 }, new[] { 8, 3 }, typeof(SparseCategoricalAccuracy), typeof(SparseCategoricalCrossentropyMetric))]
    [TestCase(new[] { 8, 5 }, new[] { 8, 5, 3 }, typeof(SparseCategoricalAccuracy), typeof(SparseCategoricalCrossentropyMetric))]
    [TestCase(new[] { 8, 3 }, new[] { 8, 3 }, typeof(CategoricalAccuracy), typeof(CategoricalCrossentropyMetric))]
    public void Resolve_AccuracyAndCrossentropy_FitTheShapesAndKeepTheName(int[] yTrue, int[] yPred, Type accuracy, Type crossentropy)
    {
        (string, Type)[] expected = [("accuracy", accuracy), ("acc", accuracy), ("crossentropy", crossentropy), ("ce", crossentropy)];
        foreach (var (identifier, type) in expected)
        {
            var metric = ((MetricIdentifier)identifier).Resolve([.. yTrue], [.. yPred]);

            Assert.That(metric, Is.TypeOf(type));
            Assert.That(metric.Name, Is.EqualTo(identifier));
        }
    }

    [Test]
    public void Resolve_ALoss_IsItsMean()
    {
        var metric = ((MetricIdentifier)new GpuKeras.Losses.Huber()).Resolve([4], [4]);

        Assert.That(metric, Is.TypeOf<MeanMetricWrapper>());
        Assert.That(metric.Name, Is.EqualTo("huber_loss"));
    }

    [TestCase("acuracy", "did you mean 'accuracy'?")]
    [TestCase("acucracy", "did you mean 'accuracy'?")]
    [TestCase("preccision", "did you mean 'precision'?")]
    [TestCase("foo", "'foo'")]
    public void Resolve_UnknownIdentifier_SuggestsTheNearest(string identifier, string hint) => Assert.That(
        () => ((MetricIdentifier)identifier).Resolve([4], [4]),
        Throws.ArgumentException.With.Message.Contains("Could not interpret metric identifier").And.Message.Contains(hint));
}
