using GpuKeras.Losses;
using GpuKeras.Metrics;
using NUnit.Framework;
using M = GpuKeras.Metrics;

namespace GpuKeras.Tests.Metrics;

/// <summary>Metrics that are a mean over samples: accumulation, weights, masks, and the values of each.</summary>
public sealed class MeanMetricTests
{
    private const double Tolerance = 1e-6;

    private static readonly Tensor Column = Tensor.From([0.9f, 0.2f, 0.6f, 0.4f], [4, 1]);
    private static readonly Tensor Rows = Tensor.From([0.1f, 0.9f, 0f, 0.5f, 0.2f, 0.3f, 0.3f, 0.3f, 0.4f], [3, 3]);

    [Test]
    public void Mean_BatchesAndWeights_IsTheWeightedMeanOfAll()
    {
        var mean = new Mean();

        Assert.That(mean.Result(), Is.Zero, "before anything came");
        mean.UpdateState(Tensor.From(1f, 3f));
        mean.UpdateState(Tensor.Scalar(10), Tensor.Scalar(3));
        Assert.That(mean.Result(), Is.EqualTo((1 + 3 + 30) / 5.0).Within(Tolerance));
        Assert.That(mean.Variables.Select(static variable => variable.Name), Is.EqualTo(new[] { "total", "count" }));

        mean.ResetState();
        Assert.That(mean.Result(), Is.Zero);
        mean.UpdateState(Tensor.From(2L, 4L), Tensor.From(1f, 3f));
        Assert.That(mean.Result(), Is.EqualTo(3.5));
    }

    [Test]
    public void Mean_ValuesOfSeveralAxes_CountOncePerSample()
    {
        var mean = new Mean();
        mean.UpdateState(Tensor.From([1f, 3f], [1, 2]));
        mean.UpdateState(Tensor.From([4f, 4f, 4f, 7f, 7f, 7f], [2, 3]));

        // The means of the samples are 2, 4 and 7; eight values together would give 4.625.
        Assert.That(mean.Result(), Is.EqualTo(13 / 3.0).Within(Tolerance));
    }

    [Test]
    public void Mean_WeightForEachEntry_WeighsWithinSamples()
    {
        var mean = new Mean();
        mean.UpdateState(Tensor.From([1f, 2f, 3f, 4f], [2, 2]), Tensor.From([1f, 0f, 1f, 2f], [2, 2]));

        Assert.That(mean.Result(), Is.EqualTo((0.5 + 5.5) / (0.5 + 1.5)).Within(Tolerance));
    }

    [Test]
    public void Mean_WeightsThatDoNotFit_NameBothShapes() => Assert.That(
        () => new Mean().UpdateState(Tensor.Ones([4]), Tensor.Ones([3])),
        Throws.TypeOf<ShapeException>().With.Message.Contains("[3]").And.Message.Contains("[4]"));

    [Test]
    public void Sum_BatchesAndWeights_IsTheWeightedSumOfAll()
    {
        var sum = new Sum();

        Assert.That(sum.Result(), Is.Zero);
        sum.UpdateState(Tensor.From([1f, 3f, 5f, 7f], [2, 2]));
        sum.UpdateState(Tensor.From(1f, 3f), Tensor.From(2f, 0.5f));
        Assert.That(sum.Result(), Is.EqualTo(16 + 3.5));
        sum.ResetState();
        Assert.That(sum.Result(), Is.Zero);
    }

    // log cosh 1, and the squared logarithms of 3/2 and 6/5.
    [TestCase(typeof(M.MeanSquaredErrorMetric), 1, 0.5)]
    [TestCase(typeof(M.MeanAbsoluteErrorMetric), 1, 0.5)]
    [TestCase(typeof(M.MeanAbsolutePercentageErrorMetric), 75, 10)]
    [TestCase(typeof(M.MeanSquaredLogarithmicErrorMetric), 0.16440195, 0.03324115 / 2)]
    [TestCase(typeof(M.LogCoshError), 0.43378083, 0.43378083 / 2)]
    public void RegressionMetrics_WeightedBatches_AreWeightedMeans(Type type, double first, double second)
    {
        var metric = (SupervisedMetric)Activator.CreateInstance(type, ["any"])!;
        metric.UpdateState(Tensor.From([1f, 2f], [1, 2]), Tensor.From([2f, 1f], [1, 2]));
        metric.UpdateState(Tensor.From([4f, 5f], [1, 2]), Tensor.From([4f, 4f], [1, 2]), Tensor.From(4f));
        var expected = (first + 4 * second) / 5;

        Assert.That(metric.Result(), Is.EqualTo(expected).Within(expected * Tolerance));
        Assert.That(metric.Name, Is.EqualTo("any"));
        Assert.That(metric.HigherIsBetter, Is.False);
    }

    [Test]
    public void RootMeanSquaredError_Batches_IsTheRootOfTheMeanOfAll()
    {
        var metric = new RootMeanSquaredError();
        metric.UpdateState(Tensor.From(0f, 0f), Tensor.From(3f, 4f));
        metric.UpdateState(Tensor.From([1f], [1, 1]), Tensor.From([1f], [1, 1]));

        Assert.That(metric.Result(), Is.EqualTo(Math.Sqrt(25 / 3.0)).Within(Tolerance));
    }

    [Test]
    public void CosineSimilarity_OfTheSameDirection_Is1()
    {
        var metric = new M.CosineSimilarityMetric();
        metric.UpdateState(Tensor.From([1f, 1f, 1f, 0f], [2, 2]), Tensor.From([3f, 3f, 0f, 2f], [2, 2]));

        Assert.That(metric.Result(), Is.EqualTo(0.5).Within(Tolerance));
    }

    private static IEnumerable<TestCaseData> Probabilistic()
    {
        static double Softplus(double x) => Math.Log(1 + Math.Exp(x));

        yield return new(new M.BinaryCrossentropyMetric(), new[] { 1f, 0f }, new[] { 0.9f, 0.2f }, -(Math.Log(0.9) + Math.Log(0.8)) / 2);
        yield return new(
            new M.BinaryCrossentropyMetric(fromLogits: true, labelSmoothing: 0.2), new[] { 1f, 0f }, new[] { 2f, -1f },
            (Softplus(2) - 0.9 * 2 + Softplus(-1) + 0.1) / 2);
        yield return new(new M.CategoricalCrossentropyMetric(), new[] { 0f, 1f }, new[] { 0.2f, 0.6f }, -Math.Log(0.75));
        yield return new(
            new M.CategoricalCrossentropyMetric(labelSmoothing: 0.2), new[] { 0f, 1f }, new[] { 0.25f, 0.75f },
            -0.1 * Math.Log(0.25) - 0.9 * Math.Log(0.75));
        yield return new(new M.SparseCategoricalCrossentropyMetric(), new[] { 1f }, new[] { 0.2f, 0.6f }, -Math.Log(0.75));
        yield return new(new M.SparseCategoricalCrossentropyMetric(fromLogits: true), new[] { 0f }, new[] { 1f, 3f }, Softplus(2));
        yield return new(new M.KLDivergenceMetric(), new[] { 0.4f, 0.6f }, new[] { 0.5f, 0.5f }, 0.4 * Math.Log(0.8) + 0.6 * Math.Log(1.2));
        yield return new(new M.PoissonMetric(), new[] { 2f, 0f }, new[] { 1.5f, 0.5f }, (1.5 - 2 * Math.Log(1.5) + 0.5) / 2);
        yield return new(new M.HingeMetric(), new[] { 1f, 0f }, new[] { 0.5f, 0.5f }, 1.0);
        yield return new(new M.SquaredHingeMetric(), new[] { 1f, 0f }, new[] { 0.5f, 0.5f }, 1.25);
        yield return new(new M.CategoricalHingeMetric(), new[] { 0f, 1f }, new[] { 0.6f, 0.4f }, 1.2);
    }

    [TestCaseSource(nameof(Probabilistic))]
    public void LossMetrics_OneSample_HaveTheFormulasValue(SupervisedMetric metric, float[] yTrue, float[] yPred, double expected)
    {
        metric.ResetState();
        metric.UpdateState(Tensor.From(yTrue, [1, yTrue.Length]), Tensor.From(yPred, [1, yPred.Length]));

        Assert.That(metric.Result(), Is.EqualTo(expected).Within(Math.Abs(expected) * 2e-6));
    }

    [Test]
    public void MeanMetricWrapper_OfAFunction_IsItsWeightedMean()
    {
        var metric = new MeanMetricWrapper(Loss.FromFunction(static (yTrue, yPred) => (yTrue - yPred).Abs().Max(-1)), "worst");
        metric.UpdateState(Tensor.Zeros([2, 2]), Tensor.From([1f, 2f, 3f, 4f], [2, 2]), Tensor.From(3f, 1f));

        Assert.That(metric.Name, Is.EqualTo("worst"));
        Assert.That(metric.Result(), Is.EqualTo((3 * 2 + 4) / 4.0));
    }

    [Test]
    public void Accuracy_EqualValues_AreCounted()
    {
        var metric = new Accuracy();
        metric.UpdateState(Tensor.From(1, 2, 3, 4), Tensor.From([1f, 2f, 0f, 4f], [4, 1]));
        Assert.That(metric.Result(), Is.EqualTo(0.75));
    }

    [Test]
    public void BinaryAccuracy_Threshold_IsExclusive()
    {
        var (half, higher) = (new BinaryAccuracy(), new BinaryAccuracy(threshold: 0.6));
        foreach (var metric in (BinaryAccuracy[])[half, higher])
            metric.UpdateState(Tensor.From<byte>(1, 0, 1, 1), Column);

        Assert.That(half.Result(), Is.EqualTo(0.75));
        Assert.That(higher.Result(), Is.EqualTo(0.5), "0.6 does not lie above 0.6");
    }

    [Test]
    public void BinaryAccuracy_SeveralUnits_AreAveragedWithinSamples()
    {
        var metric = new BinaryAccuracy();
        metric.UpdateState(Tensor.From([1f, 1f, 0f, 0f], [2, 2]), Tensor.From([0.9f, 0.1f, 0.2f, 0.3f], [2, 2]), Tensor.From(3f, 1f));

        Assert.That(metric.Result(), Is.EqualTo((3 * 0.5 + 1) / 4));
    }

    [Test]
    public void CategoricalAccuracies_LargestPrediction_IsTheClass()
    {
        var labels = Tensor.From(1, 2, 2);
        var (sparse, column, dense) = (new SparseCategoricalAccuracy(), new SparseCategoricalAccuracy(), new CategoricalAccuracy());
        sparse.UpdateState(labels, Rows);
        column.UpdateState(labels.Cast(DType.Float32).ExpandDims(-1), Rows);
        dense.UpdateState(labels.OneHot(3), Rows);

        Assert.That(new[] { sparse.Result(), column.Result(), dense.Result() }, Is.All.EqualTo(2 / 3.0).Within(Tolerance));
    }

    [Test]
    public void SparseCategoricalAccuracy_OneHotTargets_NamesBothShapes() => Assert.That(
        () => new SparseCategoricalAccuracy().UpdateState(Tensor.Zeros([3, 3]), Rows),
        Throws.TypeOf<ShapeException>().With.Message.Contains("target [3, 3], output [3, 3]").And.Message.Contains("one-hot"));

    [TestCase(1, 1 / 3.0)]
    [TestCase(2, 2 / 3.0)]
    [TestCase(3, 1.0)]
    public void TopKAccuracies_ClassAmongTheLargest_Counts(int k, double expected)
    {
        // The classes' predictions rank first, second and, tied with another, second or third.
        var labels = Tensor.From(1, 2, 0);
        var predictions = Tensor.From([0.1f, 0.9f, 0f, 0.5f, 0.2f, 0.3f, 0.1f, 0.5f, 0.4f], [3, 3]);
        var (sparse, dense) = (new SparseTopKCategoricalAccuracy(k), new TopKCategoricalAccuracy(k));
        sparse.UpdateState(labels, predictions);
        dense.UpdateState(labels.OneHot(3), predictions);

        Assert.That(sparse.Result(), Is.EqualTo(expected).Within(Tolerance));
        Assert.That(dense.Result(), Is.EqualTo(expected).Within(Tolerance));
    }

    [Test]
    public void TopKAccuracy_TiesWithTheKth_CountAndNaNDoesNot()
    {
        var metric = new SparseTopKCategoricalAccuracy(k: 2);
        metric.UpdateState(Tensor.From(2, 0), Tensor.From([0.3f, 0.3f, 0.3f, float.NaN, 1f, 2f], [2, 3]));

        Assert.That(metric.Result(), Is.EqualTo(0.5));
    }

    [Test]
    public void SparseTopKAccuracy_SortedIds_AreSearched()
    {
        var metric = new SparseTopKCategoricalAccuracy(k: 2, fromSortedIds: true);
        metric.UpdateState(Tensor.From(7, 7), Tensor.From([3f, 7f, 9f, 3f, 9f, 7f], [2, 3]));

        Assert.That(metric.Result(), Is.EqualTo(0.5));
    }

    [Test]
    public void SparseTopKAccuracy_LabelThatIsNoClass_NamesLabelAndPosition() => Assert.That(
        static () =>
        {
            var metric = new SparseTopKCategoricalAccuracy();
            metric.UpdateState(Tensor.From(1, 3, 0), Rows);
            metric.Result();
        },
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("label 3 at position 1"));

    [Test]
    public void MeanMetrics_MaskedPredictions_AreLeftOut()
    {
        var predictions = Tensor.From([0.9f, 0.1f, 0.8f, 0.2f, 0.3f, 0.7f, 0.6f, 0.4f], [2, 2, 2]);
        predictions.Mask = Tensor.From([true, false, true, true], [2, 2]);
        var labels = Tensor.From([0, 1, 0, 0], [2, 2]);
        var (accuracy, crossentropy) = (new SparseCategoricalAccuracy(), new M.SparseCategoricalCrossentropyMetric());
        accuracy.UpdateState(labels, predictions);
        crossentropy.UpdateState(labels, predictions);

        Assert.That(accuracy.Result(), Is.EqualTo(2 / 3.0).Within(Tolerance));
        Assert.That(crossentropy.Result(), Is.EqualTo(-(Math.Log(0.9) + Math.Log(0.3) + Math.Log(0.6)) / 3).Within(Tolerance));
    }

    [Test]
    public void Metrics_WithoutName_AreNumbered()
    {
        Keras.ClearSession();

        Assert.That(
            new[] { new AUC().Name, new AUC().Name, new Precision().Name, new MeanIoU(2).Name },
            Is.EqualTo(new[] { "auc", "auc_1", "precision", "mean_io_u" }));
    }
}
