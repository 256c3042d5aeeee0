using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>How wrong predictions are: a number to minimise.</summary>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public abstract partial class Loss(LossReduction reduction, string name) : IKerasObject
{
    /// <summary>How per-sample values become one number.</summary>
    public LossReduction Reduction { get; } = reduction;

    /// <summary>The name in logs.</summary>
    public string Name { get; } = name;

    /// <summary>The reduced loss.</summary>
    /// <param name="yTrue">The targets; each loss documents their shape.</param>
    /// <param name="yPred">The predictions. A mask on them leaves masked entries out.</param>
    /// <param name="sampleWeight">A weight for each sample or entry, broadcast against the per-sample values.</param>
    /// <returns>A scalar; with <see cref="LossReduction.None"/> the weighted per-sample values.</returns>
    public Tensor Apply(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var values = Call(yTrue, yPred);
        return WeightedReduction.Apply(values, sampleWeight, yPred.Mask, Reduction);
    }

    /// <summary>The loss of each sample, <c>[batch, …]</c>: the last axis of the predictions is reduced.</summary>
    protected abstract Tensor Call(Tensor yTrue, Tensor yPred);
}
