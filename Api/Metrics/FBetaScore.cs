namespace GpuKeras.Metrics;

/// <summary>The weighted harmonic mean of precision and recall.</summary>
/// <remarks>
/// (1 + β²) · precision · recall / (β² · precision + recall) for each class, with 1e-7 added to denominators. Targets one-hot or
/// multi-label and predictions <c>[batch, classes]</c>.
/// </remarks>
public class FBetaScore : SupervisedMetric
{
    private Variable? truePositives;
    private Variable? falsePositives;
    private Variable? falseNegatives;
    private Variable? supports;

    /// <summary>A score of nothing so far.</summary>
    /// <param name="average">
    /// How the classes' scores become one number: <c>micro</c> (count all classes together), <c>macro</c> (mean), <c>weighted</c> (mean
    /// weighted by the classes' counts); null keeps one for each class.
    /// </param>
    /// <param name="beta">β, how much more recall counts than precision.</param>
    /// <param name="threshold">What a positive prediction lies above; by default the largest prediction of a sample is positive.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ArgumentException">A value is not one of those above.</exception>
    public FBetaScore(string? average = null, double beta = 1, double? threshold = null, string? name = "fbeta_score")
        : base(name)
    {
        if (average is not (null or "micro" or "macro" or "weighted"))
            throw new ArgumentException($"{Name}: average must be null, micro, macro or weighted; got '{average}'", nameof(average));
        if (!(beta > 0))
            throw new ArgumentException($"{Name}: beta must be above 0; got {beta}", nameof(beta));
        if (threshold is not (null or (> 0 and <= 1)))
            throw new ArgumentException($"{Name}: threshold must lie in (0, 1]; got {threshold}", nameof(threshold));
        (Average, Beta, Threshold) = (average, beta, threshold);
    }

    /// <summary>How the classes' scores become one number; null keeps one for each class.</summary>
    public string? Average { get; }

    /// <summary>β, how much more recall counts than precision.</summary>
    public double Beta { get; }

    /// <summary>What a positive prediction lies above; null for the largest of a sample.</summary>
    public double? Threshold { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override double Result()
    {
        var results = Results();
        return (float)(results.Sum() / results.Length);
    }

    /// <inheritdoc/>
    public override double[] Results()
    {
        if (truePositives is null)
            return [0];
        var scores = Scores();
        if (Average != "weighted")
            return Average == "macro" ? [(float)(scores.Sum() / scores.Length)] : scores;
        var weights = supports!.ToArray<float>();
        var (sum, weight) = (0.0, Keras.Epsilon);
        for (var i = 0; i < scores.Length; i++)
            (sum, weight) = (sum + scores[i] * weights[i], weight + weights[i]);
        return [(float)(sum / weight)];
    }

    /// <inheritdoc/>
    protected override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        if (yTrue.Rank != 2 || yPred.Rank != 2 || yTrue.Shape != yPred.Shape)
            throw new ShapeException(
                $"metric '{Name}'", "targets and predictions must have shape [batch, classes]",
                $"target {yTrue.Shape}, output {yPred.Shape}");
        var (targets, predictions) = (yTrue.Cast(DType.Float32), Decide(yPred.Cast(DType.Float32)));
        var weights = sampleWeight?.Cast(DType.Float32);
        if (weights?.Rank == 1)
            weights = weights.ExpandDims(-1);
        Add(ref truePositives, "true_positives", predictions * targets, weights);
        Add(ref falsePositives, "false_positives", predictions * (1 - targets), weights);
        Add(ref falseNegatives, "false_negatives", (1 - predictions) * targets, weights);
        Add(ref supports, "intermediate_weights", targets, weights);
    }

    // A sample of zeros has no largest prediction.
    private Tensor Decide(Tensor predictions) =>
        (Threshold is { } threshold
            ? predictions > threshold
            : (predictions >= predictions.Max(-1, keepDims: true)).LogicalAnd(predictions.Abs() > 1e-9)).Cast(DType.Float32);

    private void Add(ref Variable? state, string variableName, Tensor counts, Tensor? weights)
    {
        if (weights is not null)
            counts = counts * weights;
        counts = Average == "micro" ? counts.Sum() : counts.Sum(0);
        state ??= AddVariable(variableName, counts.Shape);
        state.AssignAdd(counts);
    }

    private double[] Scores()
    {
        var (tp, fp, fn) = (truePositives!.ToArray<float>(), falsePositives!.ToArray<float>(), falseNegatives!.ToArray<float>());
        var scores = new double[tp.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var precision = tp[i] / (tp[i] + fp[i] + Keras.Epsilon);
            var recall = tp[i] / (tp[i] + fn[i] + Keras.Epsilon);
            scores[i] = (1 + Beta * Beta) * precision * recall / (Beta * Beta * precision + recall + Keras.Epsilon);
        }
        return scores;
    }
}
