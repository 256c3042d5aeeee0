using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>The coefficient of determination: 1 for perfect predictions, 0 for those no better than the targets' mean.</summary>
/// <remarks>1 − Σ w·(y − p)² / Σ w·(y − ȳ)² for each output. Targets and predictions <c>[batch, outputs]</c>.</remarks>
/// <param name="classAggregation">
/// How the outputs' scores become one number: <c>uniform_average</c>, <c>variance_weighted_average</c>; null keeps one for each.
/// </param>
/// <param name="numRegressors">The number of independent variables, for the adjusted score; 0 for the plain one.</param>
/// <param name="name">The name in logs.</param>
/// <exception cref="ArgumentException">A value is not one of those above.</exception>
public sealed class R2Score(string? classAggregation = "uniform_average", int numRegressors = 0, string? name = "r2_score")
    : SupervisedMetric(name)
{
    private Variable? sums;
    private Variable? squaredSums;
    private Variable? residuals;
    private Variable? weightSums;
    private Variable? samples;

    /// <summary>How the outputs' scores become one number; null keeps one for each.</summary>
    public string? ClassAggregation { get; } = classAggregation is null or "uniform_average" or "variance_weighted_average"
        ? classAggregation
        : throw new ArgumentException(
            $"r2_score: classAggregation must be null, uniform_average or variance_weighted_average; got '{classAggregation}'", nameof(classAggregation));

    /// <summary>The number of independent variables, for the adjusted score.</summary>
    public int NumRegressors { get; } = numRegressors >= 0
        ? numRegressors
        : throw new ArgumentException($"r2_score: numRegressors must not be negative; got {numRegressors}", nameof(numRegressors));

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
        if (sums is null)
            return [0];
        var (sum, squared, residual, weight) =
            (sums.ToArray<float>(), squaredSums!.ToArray<float>(), residuals!.ToArray<float>(), weightSums!.ToArray<float>());
        var (scores, totals) = (new double[sum.Length], new double[sum.Length]);
        for (var i = 0; i < scores.Length; i++)
        {
            totals[i] = squared[i] - (double)sum[i] * sum[i] / weight[i];
            var score = 1 - residual[i] / totals[i];
            scores[i] = double.IsInfinity(score) ? 0 : score;
        }
        double[] aggregated = ClassAggregation switch
        {
            "uniform_average" => [scores.Average()],
            "variance_weighted_average" => [scores.Zip(totals, static (score, total) => score * total).Sum() / totals.Sum()],
            _ => scores,
        };
        return Array.ConvertAll(aggregated, Adjusted);
    }

    /// <inheritdoc/>
    protected override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        var (targets, predictions) = Ranks.Align(yTrue.Cast(DType.Float32), yPred.Cast(DType.Float32));
        if (targets.Rank != 2 || targets.Shape != predictions.Shape)
            throw new ShapeException(
                $"metric '{Name}'", "targets and predictions must have shape [batch, outputs]",
                $"target {yTrue.Shape}, output {yPred.Shape}");
        var weights = sampleWeight?.Cast(DType.Float32) ?? Tensor.Ones(targets.Shape);
        if (weights.Rank == 1)
            weights = weights.ExpandDims(-1);
        weights = weights.BroadcastTo(targets.Shape);
        Add(ref sums, "sum", (targets * weights).Sum(0));
        Add(ref squaredSums, "squared_sum", (targets.Square() * weights).Sum(0));
        Add(ref residuals, "residual", ((targets - predictions).Square() * weights).Sum(0));
        Add(ref weightSums, "count", weights.Sum(0));
        // A sample counts if it has a weight in at least one output.
        Add(ref samples, "num_samples", weights.NotEqual(0).Any([-1]).Cast(DType.Float32).Sum());
    }

    // With fewer samples than the adjustment needs, the plain score stays, as in Keras.
    private double Adjusted(double score)
    {
        var count = samples!.ToScalar();
        return NumRegressors == 0 || NumRegressors >= count - 1
            ? (float)score
            : (float)(1 - (1 - score) * (count - 1) / (count - NumRegressors - 1));
    }

    private void Add(ref Variable? state, string variableName, Tensor sum)
    {
        state ??= AddVariable(variableName, sum.Shape);
        state.AssignAdd(sum);
    }
}
