namespace GpuKeras.Optimizers;

/// <summary>Smaller steps for elements that have had large gradients. Duchi et al. 2011.</summary>
/// <remarks>
/// a += g²; w −= learningRate · g / √(a + epsilon).
/// </remarks>
public sealed class Adagrad : Optimizer
{
    private Variable[] accumulators = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares start; not negative.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    public Adagrad(
        LearningRate? learningRate = null,
        double initialAccumulatorValue = 0.1,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : base(
            learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm,
            useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        InitialAccumulatorValue = initialAccumulatorValue;
        Epsilon = epsilon;
    }

    /// <summary>Where the sums of squares start; not negative.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables) =>
        accumulators = AddSlots(variables, "accumulator", InitialAccumulatorValue);

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update) =>
        Fused.Adagrad(update.Variable, update.Gradient, accumulators[update.Index], update.LearningRate, Epsilon, update.WeightDecay);
}
