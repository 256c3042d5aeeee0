using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Steps of one size in the direction of an interpolated momentum's sign. Chen et al. 2023.</summary>
/// <remarks>
/// w −= learningRate · sign(beta1 · m + (1 − beta1) g); m = beta2 · m + (1 − beta2) g. The learning rate should be a third to a tenth
/// of Adam's.
/// </remarks>
public sealed class Lion : Optimizer
{
    private Variable[] momentums = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">The momentum's part in the direction; above 0, at most 1.</param>
    /// <param name="beta2">How much of the momentum stays at each step.</param>
    public Lion(
        LearningRate? learningRate = null,
        [ConfigKey("beta_1")] double beta1 = 0.9,
        [ConfigKey("beta_2")] double beta2 = 0.99,
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
        if (beta1 is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(beta1), $"Lion: beta1 must be above 0 and at most 1, otherwise the optimizer degenerates to SignSGD; got {beta1}");
        Beta1 = beta1;
        Beta2 = beta2;
    }

    /// <summary>The momentum's part in the direction; above 0, at most 1.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the momentum stays at each step.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables) => momentums = AddSlots(variables, "momentum");

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update) =>
        Fused.Lion(update.Variable, update.Gradient, momentums[update.Index], update.LearningRate, Beta1, Beta2, update.WeightDecay);
}
