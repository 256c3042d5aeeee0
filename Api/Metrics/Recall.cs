namespace GpuKeras.Metrics;

/// <summary>Which share of positive targets is found: true positives / (true positives + false negatives); 0 without any.</summary>
/// <remarks>Targets 0 or 1 and predictions of one shape, such as <c>[batch]</c>, <c>[batch, 1]</c> or <c>[batch, classes]</c>.</remarks>
/// <param name="thresholds">In [0, 1], one for each result; 0.5 by default, with <paramref name="topK"/> none.</param>
/// <param name="topK">Only the k largest predictions of each sample can be positive.</param>
/// <param name="classId">Only this class counts, a position along the last axis.</param>
/// <param name="name">The name in logs; numbered by default.</param>
public sealed class Recall(double[]? thresholds = null, int? topK = null, int? classId = null, string? name = null)
    : ThresholdMetric(ThresholdCounter.For(thresholds, topK, classId), name)
{
    private Variable? truePositives;
    private Variable? falseNegatives;

    /// <summary>What a positive prediction lies above, one for each result; null for the default.</summary>
    public IReadOnlyList<double>? Thresholds { get; } = thresholds;

    /// <summary>How many of each sample's predictions can be positive; null for all.</summary>
    public int? TopK { get; } = topK;

    /// <summary>The only class that counts; null for all.</summary>
    public int? ClassId { get; } = classId;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override double[] Results() => Shares(truePositives, falseNegatives);

    private protected override void Accumulate(in ConfusionCounts counts)
    {
        Add(ref truePositives, "true_positives", counts.TruePositives);
        Add(ref falseNegatives, "false_negatives", counts.FalseNegatives);
    }
}
