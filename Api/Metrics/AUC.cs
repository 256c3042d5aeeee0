using System.Text.Json.Nodes;

namespace GpuKeras.Metrics;

/// <summary>The area under the ROC curve, or under the precision-recall curve, by sums over thresholds.</summary>
/// <remarks>
/// Targets 0 or 1 and predictions in [0, 1] of one shape; with <paramref name="multiLabel"/> <c>[batch, labels]</c>. The areas are
/// those of Riemann sums between the thresholds, except that the precision-recall curve is interpolated as in Davis and Goadrich 2006.
/// </remarks>
/// <param name="numThresholds">How many thresholds, evenly spaced over [0, 1]; at least 2.</param>
/// <param name="curve"><c>ROC</c>, <c>PR</c>, or <c>PRGAIN</c> (Flach and Kull 2015).</param>
/// <param name="summationMethod"><c>interpolation</c> (trapezoids), <c>minoring</c> or <c>majoring</c> (lower or upper rectangles).</param>
/// <param name="name">The name in logs; numbered by default.</param>
/// <param name="thresholds">Thresholds of one's own, within [0, 1]; one below 0 and one above 1 are added.</param>
/// <param name="multiLabel">Whether the area is computed for each label, and the result is their mean.</param>
/// <param name="numLabels">The number of labels; from the first batch by default. Only with <paramref name="multiLabel"/>.</param>
/// <param name="labelWeights">A weight for each label.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <exception cref="ArgumentException">A value is not one of those above.</exception>
public sealed class AUC(
    int numThresholds = 200,
    string curve = "ROC",
    string summationMethod = "interpolation",
    string? name = null,
    double[]? thresholds = null,
    bool multiLabel = false,
    int? numLabels = null,
    double[]? labelWeights = null,
    bool fromLogits = false) : SupervisedMetric(name)
{
    private readonly ThresholdCounter counter = MakeCounter(numThresholds, thresholds, multiLabel);
    private readonly float[]? labelWeightValues = labelWeights is null ? null : ToSingle(labelWeights);
    private Variable? truePositives;
    private Variable? falsePositives;
    private Variable? trueNegatives;
    private Variable? falseNegatives;

    /// <summary>How many thresholds there are.</summary>
    public int NumThresholds => counter.Length;

    /// <summary>The curve: <c>ROC</c>, <c>PR</c> or <c>PRGAIN</c>.</summary>
    public string Curve { get; } = OneOf(nameof(curve), curve?.ToUpperInvariant(), "ROC", "PR", "PRGAIN");

    /// <summary>How the area between thresholds is taken.</summary>
    public string SummationMethod { get; } =
        OneOf(nameof(summationMethod), summationMethod?.ToLowerInvariant(), "interpolation", "minoring", "majoring");

    /// <summary>The thresholds that were given; null for evenly spaced ones.</summary>
    public IReadOnlyList<double>? Thresholds { get; } = thresholds;

    /// <summary>Whether the area is computed for each label.</summary>
    public bool MultiLabel { get; } = multiLabel;

    /// <summary>The number of labels, if it was given.</summary>
    public int? NumLabels { get; } = numLabels is null || multiLabel
        ? numLabels
        : throw new ArgumentException("AUC: numLabels is needed only with multiLabel", nameof(numLabels));

    /// <summary>The weight of each label, if given.</summary>
    public IReadOnlyList<double>? LabelWeights { get; } = labelWeights;

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override double Result()
    {
        if (truePositives is null)
            return 0;
        var labels = MultiLabel ? truePositives.Shape[1] : 1;
        var counts = (
            truePositives.ToArray<float>(), falsePositives!.ToArray<float>(), trueNegatives!.ToArray<float>(), falseNegatives!.ToArray<float>());
        var (sum, weight) = (0.0, 0.0);
        for (var label = 0; label < labels; label++)
        {
            var points = Points(counts, label, labels);
            var labelWeight = MultiLabel && labelWeightValues is not null ? labelWeightValues[label] : 1;
            sum += labelWeight * AreaUnderCurve.Of(points, Curve, SummationMethod);
            weight += labelWeight;
        }
        return weight == 0 ? 0 : (float)(sum / weight);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        var config = base.GetConfig();
        // Keras writes thresholds only where they were given.
        if (Thresholds is null)
            config.Remove("thresholds");
        return config;
    }

    /// <inheritdoc/>
    protected override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        if (MultiLabel && (yPred.Rank != 2 || yPred.Shape[1] != (NumLabels ?? yPred.Shape[1])))
            throw new ShapeException(
                $"metric '{Name}'", "predictions of several labels must have shape [batch, labels]", $"predictions {yPred.Shape}");
        var weights = MultiLabel || labelWeightValues is null ? null : Tensor.From(labelWeightValues, [labelWeightValues.Length]);
        var counts = counter.Count(yTrue, FromLogits ? yPred.Sigmoid() : yPred, sampleWeight, weights);
        Add(ref truePositives, "true_positives", counts.TruePositives);
        Add(ref falsePositives, "false_positives", counts.FalsePositives);
        Add(ref trueNegatives, "true_negatives", counts.TrueNegatives);
        Add(ref falseNegatives, "false_negatives", counts.FalseNegatives);
    }

    private static ConfusionPoint[] Points((float[] Tp, float[] Fp, float[] Tn, float[] Fn) counts, int label, int labels)
    {
        var points = new ConfusionPoint[counts.Tp.Length / labels];
        for (var i = 0; i < points.Length; i++)
        {
            var at = i * labels + label;
            points[i] = new(counts.Tp[at], counts.Fp[at], counts.Tn[at], counts.Fn[at]);
        }
        return points;
    }

    private static ThresholdCounter MakeCounter(int numThresholds, double[]? given, bool multiLabel)
    {
        if (given is null && numThresholds <= 1)
            throw new ArgumentException($"AUC: numThresholds must be an integer above 1; got {numThresholds}", nameof(numThresholds));
        var inner = given is null ? new double[numThresholds - 2] : [.. given.Order()];
        for (var i = 0; given is null && i < inner.Length; i++)
            inner[i] = (i + 1.0) / (numThresholds - 1);
        var evenlySpaced = given is null || ThresholdCounter.AreEvenlySpaced([0, .. ToSingle(inner), 1]);
        // Ends just outside [0, 1], so that rounding leaves no prediction outside.
        float[] thresholds = [(float)-Keras.Epsilon, .. ToSingle(inner), (float)(1 + Keras.Epsilon)];
        return new ThresholdCounter(thresholds, evenlySpaced, multiLabel: multiLabel);
    }

    private static float[] ToSingle(double[] values) => Array.ConvertAll(values, static value => (float)value);

    private static string OneOf(string argument, string? value, params ReadOnlySpan<string> allowed) =>
        value is not null && allowed.Contains(value)
        ? value
        : throw new ArgumentException($"AUC: {argument} must be one of {string.Join(", ", allowed.ToArray())}; got '{value}'", argument);

    private void Add(ref Variable? state, string variableName, Tensor counts)
    {
        state ??= AddVariable(variableName, counts.Shape);
        state.AssignAdd(counts);
    }
}
