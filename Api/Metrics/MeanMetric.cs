using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>The weighted mean over samples of a number that each has.</summary>
/// <remarks>A mask on the predictions takes masked entries out.</remarks>
public abstract class MeanMetric : SupervisedMetric
{
    private readonly WeightedMean state;

    /// <summary>Sets what every metric has.</summary>
    /// <param name="name">The name in logs; by default the class name in snake_case, numbered.</param>
    protected MeanMetric(string? name = null)
        : base(name) => state = new(this);

    /// <inheritdoc/>
    public override double Result() => state.Result;

    /// <inheritdoc/>
    protected sealed override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight) =>
        state.Add(Values(yTrue, yPred), WeightedReduction.ApplyMask(sampleWeight, yPred.Mask, DType.Float32, rescaled: false));

    /// <summary>The numbers of a batch, <c>[batch, …]</c>.</summary>
    protected abstract Tensor Values(Tensor yTrue, Tensor yPred);
}
