namespace GpuKeras.Metrics;

/// <summary>A metric that compares predictions with targets.</summary>
/// <param name="name">The name in logs; by default the class name in snake_case, numbered.</param>
public abstract class SupervisedMetric(string? name = null) : Metric(name)
{
    /// <summary>The metric with Keras' identifier, such as <c>mse</c>, <c>auc</c> or <c>BinaryAccuracy</c>.</summary>
    /// <exception cref="ArgumentException">There is no such metric; the message suggests the nearest.</exception>
    public static implicit operator SupervisedMetric(string identifier) => MetricIdentifiers.Resolve(identifier);

    /// <summary>Accumulates a batch.</summary>
    /// <param name="yTrue">The targets; each metric documents their shape.</param>
    /// <param name="yPred">The predictions. A mask on them leaves masked entries out where the metric says so.</param>
    /// <param name="sampleWeight">A weight for each sample or entry.</param>
    public void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        using var untaped = GradientTape.StopAll();
        using var scope = new TensorScope();
        Update(yTrue, yPred, sampleWeight);
    }

    /// <summary>Accumulates a batch into the state variables. Tensors made here are given back when it returns.</summary>
    protected abstract void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight);
}
