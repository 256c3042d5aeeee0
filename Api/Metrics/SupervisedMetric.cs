namespace GpuKeras.Metrics;

/// <summary>A metric that compares predictions with targets.</summary>
/// <param name="name">The name in logs.</param>
public abstract partial class SupervisedMetric(string name) : Metric(name)
{
    /// <summary>Accumulates a batch.</summary>
    /// <param name="yTrue">The targets; each metric documents their shape.</param>
    /// <param name="yPred">The predictions. A mask on them leaves masked entries out.</param>
    /// <param name="sampleWeight">A weight for each sample or entry.</param>
    public void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        using var untaped = GradientTape.StopAll();
        using var scope = new TensorScope();
        Update(yTrue, yPred, sampleWeight);
    }

    /// <summary>Accumulates a batch into the state variables.</summary>
    protected abstract void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight);
}
