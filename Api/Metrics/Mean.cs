namespace GpuKeras.Metrics;

/// <summary>The weighted mean of all values seen.</summary>
/// <param name="name">The name in logs.</param>
public class Mean(string name = "mean") : Metric(name)
{
    private Variable? total;
    private Variable? count;

    /// <summary>Accumulates values.</summary>
    /// <param name="values">The values, of any shape.</param>
    /// <param name="sampleWeight">A weight for each value, broadcast against them.</param>
    public void UpdateState(Tensor values, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var untaped = GradientTape.StopAll();
        using var scope = new TensorScope();
        EnsureVariables();
        values = values.Cast(DType.Float32);
        if (sampleWeight is null)
        {
            total!.AssignAdd(values.Sum());
            count!.AssignAdd(Tensor.Scalar(values.Size));
            return;
        }
        var (aligned, weights) = Losses.Ranks.Align(values, sampleWeight.Cast(DType.Float32));
        var weighted = aligned * weights;
        total!.AssignAdd(weighted.Sum());
        count!.AssignAdd(weights.BroadcastTo(weighted.Shape).Sum());
    }

    /// <inheritdoc/>
    public override double Result()
    {
        var weight = count?.ToScalar() ?? 0;
        return weight == 0 ? 0 : (float)(total!.ToScalar() / weight);
    }

    private void EnsureVariables()
    {
        total ??= AddVariable("total", []);
        count ??= AddVariable("count", []);
    }
}
