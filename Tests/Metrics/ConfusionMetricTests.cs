using GpuKeras.Metrics;
using NUnit.Framework;

namespace GpuKeras.Tests.Metrics;

/// <summary>Confusion counts and what is made of them, against counting one entry at a time in float64.</summary>
public sealed class ConfusionMetricTests
{
    private const double Tolerance = 1e-6;
    private const int Samples = 60;
    private const int Classes = 3;

    // Given, and evenly spaced from 0 to 1: two ways of counting.
    private static readonly double[][] ThresholdSets = [[0.5], [0.7, 0.2], [0, 0.25, 0.5, 0.75, 1]];

    [TestCaseSource(nameof(ThresholdSets))]
    public void Counts_WeightedBatches_AreThoseOfEachEntry(double[] thresholds)
    {
        var data = new Data(seed: 1);
        SupervisedMetric[] metrics =
        [
            new TruePositives(thresholds), new FalsePositives(thresholds), new TrueNegatives(thresholds), new FalseNegatives(thresholds),
            new Precision(thresholds), new Recall(thresholds),
        ];
        foreach (var metric in metrics)
        {
            data.UpdateInBatches(metric);
            metric.ResetState();
            data.UpdateInBatches(metric);
        }

        for (var t = 0; t < thresholds.Length; t++)
        {
            var (tp, fp, tn, fn) = data.Count((i, _) => data.Predictions[i] > (float)thresholds[t]);
            Assert.That(metrics[0].Results()[t], Is.EqualTo(tp).Within(tp * Tolerance));
            Assert.That(metrics[1].Results()[t], Is.EqualTo(fp).Within(fp * Tolerance));
            Assert.That(metrics[2].Results()[t], Is.EqualTo(tn).Within(tn * Tolerance));
            Assert.That(metrics[3].Results()[t], Is.EqualTo(fn).Within(fn * Tolerance));
            Assert.That(metrics[4].Results()[t], Is.EqualTo(tp + fp == 0 ? 0 : tp / (tp + fp)).Within(Tolerance));
            Assert.That(metrics[5].Results()[t], Is.EqualTo(tp / (tp + fn)).Within(Tolerance));
        }
        Assert.That(metrics[4].Result(), Is.EqualTo(metrics[4].Results().Average()).Within(Tolerance), "several numbers give their mean");
    }

    [Test]
    public void PrecisionAndRecall_OneClass_LeaveTheOthersOut()
    {
        var data = new Data(seed: 2);
        var (precision, recall) = (new Precision(classId: 1), new Recall(classId: 1));
        data.UpdateInBatches(precision);
        data.UpdateInBatches(recall);
        var (tp, fp, _, fn) = data.Count((i, _) => data.Predictions[i] > 0.5f, only: 1);

        Assert.That(precision.Result(), Is.EqualTo(tp / (tp + fp)).Within(Tolerance));
        Assert.That(recall.Result(), Is.EqualTo(tp / (tp + fn)).Within(Tolerance));
    }

    [Test]
    public void PrecisionAndRecall_TopK_TakeOnlyTheLargest()
    {
        var data = new Data(seed: 3);
        var (precision, recall) = (new Precision(topK: 2), new Recall(topK: 2));
        data.UpdateInBatches(precision);
        data.UpdateInBatches(recall);
        var (tp, fp, _, fn) = data.Count((i, sample) => data.RankWithinSample(i, sample) < 2);

        Assert.That(precision.Result(), Is.EqualTo(tp / (tp + fp)).Within(Tolerance));
        Assert.That(recall.Result(), Is.EqualTo(tp / (tp + fn)).Within(Tolerance));
    }

    [Test]
    public void Precision_NothingPredicted_IsZero()
    {
        var precision = new Precision();

        Assert.That(precision.Result(), Is.Zero, "before anything came");
        precision.UpdateState(Tensor.From(1, 0), Tensor.From(0.1f, 0.2f));
        Assert.That(precision.Result(), Is.Zero);
    }

    [Test]
    public void Counts_NaNPrediction_IsBelowEveryThreshold()
    {
        foreach (var thresholds in ThresholdSets)
        {
            var (above, below) = (new TruePositives(thresholds), new FalseNegatives(thresholds));
            above.UpdateState(Tensor.From(1), Tensor.From(float.NaN));
            below.UpdateState(Tensor.From(1), Tensor.From(float.NaN));

            Assert.That(above.Results(), Is.All.Zero);
            Assert.That(below.Results(), Is.All.EqualTo(1));
        }
    }

    [Test]
    public void SensitivitySpecificity_Constraints_AreThoseOfTheBestThreshold()
    {
        var data = new Data(seed: 4);
        SupervisedMetric[] metrics =
        [
            new SensitivityAtSpecificity(0.6, 11), new SpecificityAtSensitivity(0.6, 11),
            new PrecisionAtRecall(0.6, 11), new RecallAtPrecision(0.6, 11),
        ];
        foreach (var metric in metrics)
            data.UpdateInBatches(metric);
        double[] best = [0, 0, 0, 0];
        for (var t = 0; t < 11; t++)
        {
            var (tp, fp, tn, fn) = data.Count((i, _) => data.Predictions[i] > (float)(t / 10.0));
            var (recall, specificity, precision) = (tp / (tp + fn), tn / (tn + fp), tp + fp == 0 ? 0 : tp / (tp + fp));
            best[0] = Math.Max(best[0], specificity >= 0.6 ? recall : 0);
            best[1] = Math.Max(best[1], recall >= 0.6 ? specificity : 0);
            best[2] = Math.Max(best[2], recall >= 0.6 ? precision : 0);
            best[3] = Math.Max(best[3], precision >= 0.6 ? recall : 0);
        }

        Assert.That(metrics.Select(static metric => metric.Result()), Is.EqualTo(best).Within(Tolerance));
    }

    [Test]
    public void Metrics_BadArguments_NameThem()
    {
        Assert.That(() => new Precision([0.5, 1.5]), Throws.ArgumentException.With.Message.Contains("0.5, 1.5"));
        Assert.That(
            () => new RecallAtPrecision(-0.5), Throws.ArgumentException.With.Message.Contains("precision").And.Message.Contains("-0.5"));
        Assert.That(() => new AUC(1), Throws.ArgumentException.With.Message.Contains("got 1"));
        Assert.That(
            () => new AUC(curve: "LIFT"), Throws.ArgumentException.With.Message.Contains("ROC, PR, PRGAIN").And.Message.Contains("LIFT"));
        Assert.That(() => new AUC(numLabels: 2), Throws.ArgumentException.With.Message.Contains("multiLabel"));
        Assert.That(
            () => new Precision().UpdateState(Tensor.Zeros([2, 3]), Tensor.Zeros([2, 4])),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]").And.Message.Contains("[2, 4]"));
        Assert.That(
            () => new Precision(classId: 3).UpdateState(Tensor.Zeros([2, 3]), Tensor.Zeros([2, 3])),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]"));
    }

    /// <summary>Random targets, predictions (some of them exactly on thresholds) and a weight for each sample.</summary>
    private sealed class Data
    {
        private readonly float[] targets = new float[Samples * Classes];
        private readonly float[] weights = new float[Samples];

        public Data(int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < targets.Length; i++)
                (targets[i], Predictions[i]) = (random.Next(2), random.Next(5) == 0 ? random.Next(5) / 4f : random.NextSingle());
            for (var i = 0; i < weights.Length; i++)
                weights[i] = random.NextSingle() * 2;
        }

        public float[] Predictions { get; } = new float[Samples * Classes];

        /// <summary>Gives all samples to a metric in batches of 25, 25 and 10.</summary>
        public void UpdateInBatches(SupervisedMetric metric)
        {
            var (yTrue, yPred) = (Tensor.From(targets, [Samples, Classes]), Tensor.From(Predictions, [Samples, Classes]));
            foreach (var batch in (Range[])[0..25, 25..50, 50..60])
                metric.UpdateState(yTrue[batch], yPred[batch], Tensor.From(weights)[batch]);
        }

        public int RankWithinSample(int entry, int sample)
        {
            var rank = 0;
            for (var other = sample * Classes; other < (sample + 1) * Classes; other++)
                if (Predictions[other] > Predictions[entry] || (Predictions[other] == Predictions[entry] && other < entry))
                    rank++;
            return rank;
        }

        public (double Tp, double Fp, double Tn, double Fn) Count(Func<int, int, bool> isPositive, int? only = null)
        {
            var (tp, fp, tn, fn) = (0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < targets.Length; i++)
            {
                if (only is not null && i % Classes != only)
                    continue;
                double weight = weights[i / Classes];
                if (isPositive(i, i / Classes))
                    (tp, fp) = targets[i] == 1 ? (tp + weight, fp) : (tp, fp + weight);
                else
                    (fn, tn) = targets[i] == 1 ? (fn + weight, tn) : (fn, tn + weight);
            }
            return (tp, fp, tn, fn);
        }
    }
}
