using GpuKeras.Metrics;
using NUnit.Framework;

namespace GpuKeras.Tests.Metrics;

/// <summary>F-scores, R² and intersection over union, against values worked out by hand.</summary>
public sealed class ScoreTests
{
    private const double Tolerance = 1e-6;

    private static readonly Tensor MultiLabelTargets = Tensor.From([1f, 1f, 1f, 1f, 0f, 0f, 1f, 1f, 0f], [3, 3]);
    private static readonly Tensor MultiLabelPredictions = Tensor.From([0.2f, 0.6f, 0.7f, 0.2f, 0.6f, 0.6f, 0.6f, 0.8f, 0f], [3, 3]);

    // Above 0.5 the classes have tp 1, 2, 1; fp 0, 1, 1; fn 2, 0, 0.
    [TestCase(null, 1.0, new[] { 0.5, 0.8, 2 / 3.0 })]
    [TestCase(null, 2.0, new[] { 5 / 13.0, 10 / 11.0, 5 / 6.0 })]
    [TestCase("macro", 1.0, new[] { (0.5 + 0.8 + 2 / 3.0) / 3 })]
    [TestCase("micro", 1.0, new[] { 2 / 3.0 })]
    [TestCase("weighted", 1.0, new[] { (3 * 0.5 + 2 * 0.8 + 2 / 3.0) / 6 })]
    public void FBetaScore_Threshold_IsTheHarmonicMean(string? average, double beta, double[] expected)
    {
        var score = new FBetaScore(average, beta, threshold: 0.5);
        score.UpdateState(MultiLabelTargets[..1], MultiLabelPredictions[..1]);
        score.UpdateState(MultiLabelTargets[1..], MultiLabelPredictions[1..]);

        Assert.That(score.Results(), Is.EqualTo(expected).Within(Tolerance));
        Assert.That(score.Result(), Is.EqualTo(expected.Average()).Within(Tolerance));
    }

    [Test]
    public void F1Score_WithoutThreshold_TakesTheLargestAndWeighs()
    {
        var score = new F1Score();
        var targets = Tensor.From([1f, 0f, 0f, 1f, 0f, 1f], [3, 2]);
        var predictions = Tensor.From([0.9f, 0.1f, 0.6f, 0.4f, 0f, 0f], [3, 2]);
        score.UpdateState(targets, predictions, Tensor.From(3f, 1f, 1f));

        // Class 0: tp 3, fp 1, fn 0. Class 1: tp 0, fn 2; the sample of zeros predicts nothing.
        Assert.That(score.Results(), Is.EqualTo(new[] { 6 / 7.0, 0 }).Within(Tolerance));
        score.ResetState();
        Assert.That(score.Results(), Is.All.Zero);
    }

    [Test]
    public void FBetaScore_BadArgumentsAndShapes_AreNamed()
    {
        Assert.That(() => new FBetaScore("mean"), Throws.ArgumentException.With.Message.Contains("'mean'"));
        Assert.That(() => new FBetaScore(beta: 0), Throws.ArgumentException.With.Message.Contains("got 0"));
        Assert.That(() => new FBetaScore(threshold: 1.5), Throws.ArgumentException.With.Message.Contains("1.5"));
        Assert.That(
            () => new F1Score().UpdateState(Tensor.Zeros([3]), Tensor.Zeros([3, 2])),
            Throws.TypeOf<ShapeException>().With.Message.Contains("target [3], output [3, 2]"));
    }

    [Test]
    public void R2Score_OneOutput_IsTheExplainedShare()
    {
        var score = new R2Score();
        score.UpdateState(Tensor.From([1f, 4f], [2, 1]), Tensor.From([2f, 4f], [2, 1]));
        score.UpdateState(Tensor.From(3f), Tensor.From([4f], [1, 1]));

        // Residuals 2, total 26 − 64/3.
        Assert.That(score.Result(), Is.EqualTo(1 - 2 / (26 - 64 / 3.0)).Within(Tolerance));
    }

    [TestCase("uniform_average", 0, new[] { (0.5 + -1) / 2 })]
    [TestCase("variance_weighted_average", 0, new[] { (0.5 * 8 + -1 * 2) / 10 })]
    [TestCase(null, 0, new[] { 0.5, -1 })]
    [TestCase(null, 1, new[] { 1 - 0.5 * 3 / 2, 1 - 2 * 3 / 2.0 })]
    [TestCase(null, 3, new[] { 0.5, -1 })]
    public void R2Score_TwoOutputs_AreAggregatedAndAdjusted(string? aggregation, int regressors, double[] expected)
    {
        // Outputs with totals 8 and 2, residuals 4 and 4, over four samples of weight 2.
        var score = new R2Score(aggregation, regressors);
        var targets = Tensor.From([1f, 0f, 1f, 1f, 3f, 0f, 3f, 1f], [4, 2]);
        var predictions = Tensor.From([0f, 1f, 2f, 0f, 3f, 0f, 3f, 1f], [4, 2]);
        score.UpdateState(targets, predictions, Tensor.Full([4], 2));

        Assert.That(score.Results(), Is.EqualTo(expected).Within(Tolerance));
    }

    [Test]
    public void R2Score_ConstantTargets_CountAsZero()
    {
        var score = new R2Score();
        score.UpdateState(Tensor.Ones([3, 1]), Tensor.Zeros([3, 1]));
        Assert.That(score.Result(), Is.Zero);
    }

    [Test]
    public void MeanIoU_Confusion_IsTheMeanOverClasses()
    {
        var (counted, weighted) = (new MeanIoU(2), new MeanIoU(2, stateDType: DType.Float32));
        var (targets, predictions) = (Tensor.From(0, 0, 1, 1), Tensor.From(0, 1, 0, 1));
        counted.UpdateState(targets, predictions);
        weighted.UpdateState(targets, predictions, Tensor.From(0.3f, 0.3f, 0.3f, 0.1f));

        Assert.That(counted.Result(), Is.EqualTo(1 / 3.0).Within(Tolerance));
        // 0.3 / 0.9 and 0.1 / 0.7.
        Assert.That(weighted.Result(), Is.EqualTo((1 / 3.0 + 1 / 7.0) / 2).Within(Tolerance));
    }

    [Test]
    public void IoU_AbsentIgnoredAndForeignClasses_DoNotCount()
    {
        var iou = new IoU(4, [0, 1, 3], ignoreClass: 2);
        iou.UpdateState(Tensor.From([0, 1, 2], [1, 3]), Tensor.From([0, 0, 1], [1, 3]));
        iou.UpdateState(Tensor.From(1, 9, 1, -1), Tensor.From(1, 1, 7, 0));

        // Class 0: 1 of 2; class 1: 1 of 2; class 3 does not occur.
        Assert.That(iou.Result(), Is.EqualTo(0.5).Within(Tolerance));
        Assert.That(() => new IoU(2, [0, 2]), Throws.ArgumentException.With.Message.Contains("got 2"));
    }

    [Test]
    public void OneHotAndBinaryIoU_EqualThatOfTheirClasses()
    {
        var (targets, predictions) = (Tensor.From(0, 1, 2, 2), Tensor.From(0, 2, 2, 1));
        var (sparse, oneHot, mean, binary) = (
            new IoU(3, [0, 2]), new OneHotIoU(3, [0, 2]), new OneHotMeanIoU(3), new BinaryIoU(threshold: 0.3));
        sparse.UpdateState(targets, predictions);
        oneHot.UpdateState(targets.OneHot(3), predictions.OneHot(3) * 0.9);
        mean.UpdateState(targets.OneHot(3), predictions.OneHot(3));
        binary.UpdateState(Tensor.From(0, 0, 1, 1), Tensor.From(0.1f, 0.2f, 0.4f, 0.25f));

        Assert.That(sparse.Result(), Is.EqualTo((1 + 1 / 3.0) / 2).Within(Tolerance));
        Assert.That(oneHot.Result(), Is.EqualTo(sparse.Result()));
        Assert.That(mean.Result(), Is.EqualTo((1 + 1 / 3.0) / 3).Within(Tolerance));
        Assert.That(binary.Result(), Is.EqualTo((2 / 3.0 + 0.5) / 2).Within(Tolerance));
    }
}
