namespace GpuKeras.Metrics;

/// <summary>The best value of one rate at the thresholds where another rate is high enough.</summary>
/// <remarks>Targets 0 or 1 and predictions in [0, 1] of one shape. 0 where no threshold is good enough.</remarks>
public abstract class SensitivitySpecificity : ThresholdMetric
{
    private readonly double required;
    private Variable? truePositives;
    private Variable? falsePositives;
    private Variable? trueNegatives;
    private Variable? falseNegatives;

    private protected SensitivitySpecificity(string what, double required, int numThresholds, int? classId, string? name)
        : base(new ThresholdCounter(Thresholds(numThresholds), evenlySpaced: numThresholds > 1, classId: classId), name)
    {
        if (required is not (>= 0 and <= 1))
            throw new ArgumentException($"{what}: must lie in [0, 1]; got {required}", nameof(required));
        this.required = required;
        (NumThresholds, ClassId) = (numThresholds, classId);
    }

    /// <summary>How many thresholds, evenly spaced over [0, 1].</summary>
    public int NumThresholds { get; }

    /// <summary>The only class that counts; null for all.</summary>
    public int? ClassId { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override double[] Results()
    {
        var (tp, fp, tn, fn) = (Read(truePositives), Read(falsePositives), Read(trueNegatives), Read(falseNegatives));
        var best = 0.0;
        for (var i = 0; i < tp.Length; i++)
        {
            var point = new ConfusionPoint(tp[i], fp[i], tn[i], fn[i]);
            // Keras compares in float32.
            if ((float)Constrained(point) >= (float)required)
                best = Math.Max(best, Measured(point));
        }
        return [(float)best];
    }

    private protected abstract double Constrained(in ConfusionPoint point);

    private protected abstract double Measured(in ConfusionPoint point);

    private protected sealed override void Accumulate(in ConfusionCounts counts)
    {
        Add(ref truePositives, "true_positives", counts.TruePositives);
        Add(ref falsePositives, "false_positives", counts.FalsePositives);
        Add(ref trueNegatives, "true_negatives", counts.TrueNegatives);
        Add(ref falseNegatives, "false_negatives", counts.FalseNegatives);
    }

    private static float[] Thresholds(int count)
    {
        if (count <= 0)
            throw new ArgumentException($"numThresholds: must be an integer above 0; got {count}", nameof(count));
        var thresholds = new float[count];
        for (var i = 0; i < count; i++)
            thresholds[i] = count == 1 ? 0.5f : (float)(i / (count - 1.0));
        return thresholds;
    }
}
