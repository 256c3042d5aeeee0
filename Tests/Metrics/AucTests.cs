using GpuKeras.Metrics;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Metrics;

/// <summary>Areas under curves: cases worked out by hand, and against sums over thresholds in float64.</summary>
public sealed class AucTests
{
    private const double Tolerance = 1e-6;

    private static readonly float[] Targets = [0, 0, 1, 1];
    private static readonly float[] Predictions = [0, 0.5f, 0.3f, 0.9f];

    // At the thresholds −1e-7, 0.5 and 1 + 1e-7: tp 2, 1, 0; fp 2, 0, 0; fn 0, 1, 2; tn 0, 2, 2.
    // With weights 1, 2, 3, 4: tp 7, 4, 0; fp 3, 0, 0; fn 0, 3, 7; tn 0, 3, 3.
    [TestCase("ROC", "interpolation", false, 0.75)]
    [TestCase("ROC", "minoring", false, 0.5)]
    [TestCase("ROC", "majoring", false, 1.0)]
    [TestCase("ROC", "interpolation", true, (1 + 4 / 7.0) / 2)]
    [TestCase("ROC", "minoring", true, 4 / 7.0)]
    [TestCase("ROC", "majoring", true, 1.0)]
    [TestCase("PR", "minoring", false, 0.5 * 0.5)]
    [TestCase("PR", "majoring", false, 1.0)]
    [TestCase("PR", "minoring", true, 0.7 * 3 / 7)]
    [TestCase("PR", "majoring", true, 1.0)]
    public void Auc_ThreeThresholds_IsTheAreaOfTheRectangles(string curve, string method, bool weighted, double expected)
    {
        var auc = new AUC(3, curve, method);
        auc.UpdateState(Tensor.From(Targets), Tensor.From(Predictions), weighted ? Tensor.From(1f, 2f, 3f, 4f) : null);

        Assert.That(auc.Result(), Is.EqualTo(expected).Within(Tolerance));
        string[] names = ["true_positives", "false_positives", "true_negatives", "false_negatives"];
        Assert.That(auc.Variables.Select(static variable => variable.Name), Is.EqualTo(names));
    }

    [Test]
    public void Auc_PrecisionRecallInterpolated_FollowsDavisAndGoadrich()
    {
        var (plain, weighted) = (new AUC(3, "PR"), new AUC(3, "pr"));
        plain.UpdateState(Tensor.From(Targets), Tensor.From(Predictions));
        weighted.UpdateState(Tensor.From(Targets), Tensor.From(Predictions), Tensor.From(1f, 2f, 3f, 4f));

        // Slope 1/3 and intercept 2/3 from p 4 to 1; then slope 1, intercept 0 from p 1 to 0; over 2 positives.
        Assert.That(plain.Result(), Is.EqualTo(1 / 3.0 * (1 + 2 / 3.0 * Math.Log(4)) / 2 + 0.5).Within(Tolerance));
        // Slope 3/6 and intercept 4 − 2 from p 10 to 4; then slope 1 from 4 to 0; over 7 positives.
        Assert.That(weighted.Result(), Is.EqualTo(0.5 * (3 + 2 * Math.Log(2.5)) / 7 + 4 / 7.0).Within(Tolerance));
    }

    [TestCase(200, null)]
    [TestCase(0, new[] { 0.1, 0.35, 0.6 })]
    [TestCase(0, new[] { 0.25, 0.5, 0.75 })]
    public void Auc_RandomBatches_IsTheSumOverThresholds(int count, double[]? given)
    {
        var random = new Random(5);
        var (targets, predictions) = (new float[90], new float[90]);
        for (var i = 0; i < targets.Length; i++)
            (targets[i], predictions[i]) = (random.Next(3) / 2, random.NextSingle());
        foreach (var curve in (string[])["ROC", "PR", "PRGAIN"])
        {
            foreach (var method in (string[])["interpolation", "minoring", "majoring"])
            {
                var auc = given is null ? new AUC(count, curve, method) : new AUC(curve: curve, summationMethod: method, thresholds: given);
                foreach (var batch in (Range[])[0..40, 40..90])
                    auc.UpdateState(Tensor.From(targets)[batch], Tensor.From(predictions)[batch]);
                double[] inner = given ?? [.. Enumerable.Range(1, count - 2).Select(i => i / (count - 1.0))];

                Assert.That(auc.NumThresholds, Is.EqualTo(inner.Length + 2));
                Assert.That(
                    auc.Result(),
                    Is.EqualTo(Reference(targets, predictions, [-1e-7, .. inner, 1 + 1e-7], curve, method)).Within(1e-5),
                    $"{curve} {method}");
            }
        }
    }

    [Test]
    public void Auc_FromLogits_IsThatOfProbabilities()
    {
        var (logits, probabilities) = (new AUC(fromLogits: true), new AUC());
        var x = Tensor.From(-2f, 0.3f, 1f, 3f);
        logits.UpdateState(Tensor.From(Targets), x);
        probabilities.UpdateState(Tensor.From(Targets), x.Sigmoid());

        Assert.That(logits.Result(), Is.EqualTo(probabilities.Result()).And.GreaterThan(0.5));
    }

    [Test]
    public void Auc_SeveralLabels_IsTheWeightedMeanOfEach()
    {
        var random = new Random(6);
        var (targets, predictions) = (new float[40], new float[40]);
        for (var i = 0; i < targets.Length; i++)
            (targets[i], predictions[i]) = (random.Next(2), random.NextSingle());
        var (yTrue, yPred) = (Tensor.From(targets, [20, 2]), Tensor.From(predictions, [20, 2]));
        var (mean, weighted, flat) = (
            new AUC(multiLabel: true), new AUC(multiLabel: true, labelWeights: [1, 3]), new AUC(labelWeights: [1, 3]));
        AUC[] single = [new(), new()];
        foreach (var auc in (AUC[])[mean, weighted, flat])
            auc.UpdateState(yTrue, yPred);
        for (var label = 0; label < 2; label++)
            single[label].UpdateState(yTrue.Slice(1, label..(label + 1)), yPred.Slice(1, label..(label + 1)));
        var flatWeights = new AUC();
        flatWeights.UpdateState(yTrue.Reshape([40]), yPred.Reshape([40]), Tensor.From([1f, 3f]).Tile(20));

        Assert.That(mean.Result(), Is.EqualTo((single[0].Result() + single[1].Result()) / 2).Within(Tolerance));
        Assert.That(weighted.Result(), Is.EqualTo((single[0].Result() + 3 * single[1].Result()) / 4).Within(Tolerance));
        Assert.That(flat.Result(), Is.EqualTo(flatWeights.Result()).Within(Tolerance));
        Assert.That(single[0].Result(), Is.Not.EqualTo(single[1].Result()));
    }

    [Test]
    public void Auc_Reset_Forgets()
    {
        var auc = new AUC();

        Assert.That(auc.Result(), Is.Zero);
        auc.UpdateState(Tensor.From(Targets), Tensor.From(Predictions));
        auc.ResetState();
        Assert.That(auc.Result(), Is.Zero);
        auc.UpdateState(Tensor.From(0f, 1f), Tensor.From(0.1f, 0.9f));
        Assert.That(auc.Result(), Is.EqualTo(1).Within(Tolerance));
    }

    [Test]
    public void Metrics_OfATrainedModel_AreThoseKerasEvaluated()
    {
        const string Folder = "training/t02_binary_classweight_clipnorm/";
        var (data, final) = (GoldenFiles.Npz(Folder + "data.npz"), GoldenFiles.Npz(Folder + "final.npz"));
        var expected = GoldenFiles.Json(Folder + "trace.json").GetProperty("evaluate");
        SupervisedMetric[] metrics = [new BinaryAccuracy("accuracy"), new AUC(), new Precision(), new BinaryCrossentropyMetric("loss")];
        string[] names = ["accuracy", "auc", "precision", "loss"];

        for (var i = 0; i < metrics.Length; i++)
        {
            metrics[i].UpdateState(data["y"], final["pred0"]);
            Assert.That(metrics[i].Result(), Is.EqualTo(expected.GetProperty(names[i]).GetDouble()).Within(1e-5), names[i]);
        }
    }

    private static double Reference(float[] targets, float[] predictions, double[] thresholds, string curve, string method)
    {
        var points = thresholds.Select(threshold =>
        {
            var (tp, fp, tn, fn) = (0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < targets.Length; i++)
            {
                var (above, positive) = (predictions[i] > threshold, targets[i] == 1);
                tp += above && positive ? 1 : 0;
                fp += above && !positive ? 1 : 0;
                fn += !above && positive ? 1 : 0;
                tn += !above && !positive ? 1 : 0;
            }
            return (tp, fp, tn, fn);
        }).ToArray();
        var area = 0.0;
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (a, b) = (points[i], points[i + 1]);
            if (curve == "PR" && method == "interpolation")
            {
                // The integral of precision over recall, in many small steps of tp and fp between the two points.
                const int Steps = 20000;
                for (var step = 0; step < Steps; step++)
                {
                    var at = (step + 0.5) / Steps;
                    var (tp, fp) = (b.tp + (a.tp - b.tp) * at, b.fp + (a.fp - b.fp) * at);
                    area += tp + fp == 0 ? 0 : tp / (tp + fp) * (a.tp - b.tp) / Steps / (a.tp + a.fn);
                }
                continue;
            }
            var ((x0, y0), (x1, y1)) = (Point(a, curve), Point(b, curve));
            area += (x0 - x1) * (method == "interpolation" ? (y0 + y1) / 2 : method == "minoring" ? Math.Min(y0, y1) : Math.Max(y0, y1));
        }
        return area;
    }

    private static (double X, double Y) Point((double Tp, double Fp, double Tn, double Fn) p, string curve)
    {
        var (recall, precision) = (p.Tp / (p.Tp + p.Fn), p.Tp + p.Fp == 0 ? 0 : p.Tp / (p.Tp + p.Fp));
        if (curve != "PRGAIN")
            return curve == "ROC" ? (p.Fp / (p.Fp + p.Tn), recall) : (recall, precision);
        var share = (p.Tp + p.Fn) / (p.Tp + p.Fp + p.Tn + p.Fn);
        double Gain(double value) => (value - share) / ((1 - share) * value);
        return p.Tp == 0 ? (0, 1) : (Math.Max(0, Gain(recall)), Gain(precision));
    }
}
