namespace GpuKeras.Metrics;

/// <summary>The confusion matrix at one threshold.</summary>
internal readonly record struct ConfusionPoint(double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
{
    /// <summary>Found positives among all; also called sensitivity, or the true positive rate.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Right predictions among the positive ones.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>The false positive rate.</summary>
    public double FallOut => Ratio(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>Rejected negatives among all.</summary>
    public double Specificity => Ratio(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>A quotient, 0 where the denominator is 0.</summary>
    public static double Ratio(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
