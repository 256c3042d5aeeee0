using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>Counts how predictions of yes-or-no targets fall about thresholds.</summary>
/// <remarks>
/// Many thresholds, evenly spaced over [0, 1], are counted by sorting predictions into the intervals between them, as Keras does;
/// the cost then does not grow with their number.
/// </remarks>
internal sealed class ThresholdCounter
{
    // What predictions outside the top k become, and the threshold that only those lie below.
    private const float OutsideTopK = -1e10f;

    private readonly float[] thresholds;
    private readonly bool evenlySpaced;
    private readonly int? topK;
    private readonly int? classId;
    private readonly bool multiLabel;

    /// <summary>A counter for thresholds that are used as they are.</summary>
    public ThresholdCounter(float[] thresholds, bool evenlySpaced, int? topK = null, int? classId = null, bool multiLabel = false)
    {
        (this.thresholds, this.evenlySpaced) = (thresholds, evenlySpaced);
        (this.topK, this.classId, this.multiLabel) = (topK, classId, multiLabel);
    }

    /// <summary>The number of thresholds.</summary>
    public int Length => thresholds.Length;

    /// <summary>
    /// A counter for thresholds that a user gave, or Keras' default: 0.5, or with <paramref name="topK"/> any of the top k.
    /// </summary>
    /// <exception cref="ArgumentException">A threshold does not lie in [0, 1].</exception>
    public static ThresholdCounter For(double[]? given, int? topK = null, int? classId = null)
    {
        foreach (var threshold in given ?? [])
            if (threshold is not (>= 0 and <= 1))
                throw new ArgumentException($"thresholds: must lie in [0, 1]; got {string.Join(", ", given!)}", nameof(given));
        float[] thresholds = given is null ? [topK is null ? 0.5f : OutsideTopK] : Array.ConvertAll(given, static value => (float)value);
        return new ThresholdCounter(thresholds, AreEvenlySpaced(thresholds), topK, classId);
    }

    /// <summary>Whether thresholds are i / (n − 1) for i = 0 … n − 1, up to rounding.</summary>
    public static bool AreEvenlySpaced(ReadOnlySpan<float> thresholds)
    {
        for (var i = 0; i < thresholds.Length; i++)
        {
            var even = i / (thresholds.Length - 1f);
            if (!(MathF.Abs(thresholds[i] - even) <= Keras.Epsilon + 1e-5f * even))
                return false;
        }
        return thresholds.Length >= 3;
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="yTrue">The targets; other than 0 is positive.</param>
    /// <param name="yPred">The predictions, of the targets' shape.</param>
    /// <param name="sampleWeight">A weight for each sample or entry.</param>
    /// <param name="labelWeights">A weight for each entry along the last axis, <c>[labels]</c>.</param>
    public ConfusionCounts Count(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, Tensor? labelWeights = null)
    {
        var (predictions, targets) = Ranks.Align(yPred.Cast(DType.Float32), yTrue.Cast(DType.Bool));
        LossShapes.RequireSame("confusion counts", targets.Shape, predictions.Shape);
        if (topK is { } k)
            predictions = OnlyTop(predictions, k);
        if (classId is { } id)
            (targets, predictions) = (OnlyClass(targets, id), OnlyClass(predictions, id));
        var positive = targets.Cast(DType.Float32);
        var negative = 1 - positive;
        if (Weights(sampleWeight, labelWeights, targets) is { } weights)
            (positive, negative) = (positive * weights, negative * weights);

        var labels = multiLabel ? predictions.Shape[^1] : 1;
        var columns = new Shape((int)(predictions.Size / Math.Max(1, labels)), labels);
        (positive, negative, predictions) = (positive.Reshape(columns), negative.Reshape(columns), predictions.Reshape(columns));
        var (truePositives, falsePositives) = evenlySpaced
            ? CountByInterval(positive, negative, predictions)
            : CountByComparison(positive, negative, predictions);
        Shape counts = multiLabel ? [Length, labels] : [Length];
        return new(truePositives.Reshape(counts), falsePositives.Reshape(counts), positive.Sum(0), negative.Sum(0));
    }

    private static Tensor OnlyTop(Tensor predictions, int k)
    {
        var isTop = predictions.TopK(k).Indices.OneHot(predictions.Shape[^1]).Sum(-2) > 0;
        return Tensor.Where(isTop, predictions, OutsideTopK);
    }

    private static Tensor OnlyClass(Tensor x, int id) => x.Rank < 2
        ? throw new ShapeException("classId", "predictions must have shape [batch, …, classes]", $"predictions {x.Shape}")
        : x.Slice(-1, id..(id + 1));

    private static Tensor? Weights(Tensor? sampleWeight, Tensor? labelWeights, Tensor targets)
    {
        if (sampleWeight is not null)
        {
            sampleWeight = Ranks.Align(targets, sampleWeight.Cast(DType.Float32).ExpandDims(-1), expandVectors: false).Second;
            LossShapes.RequireBroadcast("sample weights", sampleWeight.Shape, targets.Shape);
            sampleWeight = sampleWeight.BroadcastTo(targets.Shape);
        }
        return (sampleWeight, labelWeights) switch
        {
            ({ } samples, { } labels) => samples * labels,
            (null, { } labels) => labels.BroadcastTo(targets.Shape),
            _ => sampleWeight,
        };
    }

    // [thresholds, entries, labels] of comparisons.
    private (Tensor True, Tensor False) CountByComparison(Tensor positive, Tensor negative, Tensor predictions)
    {
        var above = (predictions.ExpandDims(0) > Tensor.From(thresholds, [Length, 1, 1])).Cast(DType.Float32);
        return ((above * positive.ExpandDims(0)).Sum(1), (above * negative.ExpandDims(0)).Sum(1));
    }

    private (Tensor True, Tensor False) CountByInterval(Tensor positive, Tensor negative, Tensor predictions)
    {
        // Interval i holds what lies above threshold i and not above threshold i + 1.
        var interval = (predictions.Clip(0, 1) * (Length - 1)).Ceiling() - 1;
        // A first threshold below 0 lies below everything; one of exactly 0 does not lie below a 0.
        if (thresholds[0] < 0 || thresholds[^1] > 1)
            interval = interval.Maximum(0);
        var counted = interval >= 0;
        var labels = predictions.Shape[^1];
        var cell = Tensor.Where(counted, interval, 0).Cast(DType.Int32) * labels + Tensor.Range(0, labels);
        return (SumsAbove(cell, counted, positive, labels), SumsAbove(cell, counted, negative, labels));
    }

    private Tensor SumsAbove(Tensor cell, Tensor counted, Tensor weights, int labels)
    {
        var sums = Tensor.Zeros([Length * labels]).ScatterAdd(cell, Tensor.Where(counted, weights, 0));
        return sums.Reshape([Length, labels]).CumulativeSum(axis: 0, reverse: true);
    }
}
