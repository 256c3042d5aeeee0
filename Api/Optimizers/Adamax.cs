using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Adam with the largest gradient in place of the squares' average. Kingma and Ba 2015, section 7.1.</summary>
/// <remarks>
/// m += (g − m)(1 − beta1); u = max(beta2 · u, |g|); w −= learningRate / (1 − beta1ᵗ) · m / (u + epsilon).
/// </remarks>
public sealed class Adamax : Optimizer
{
    private Variable[] momentums = [];
    private Variable[] norms = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the gradients' average stays at each step.</param>
    /// <param name="beta2">How much of the largest gradient stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    public Adamax(
        LearningRate? learningRate = null,
        [ConfigKey("beta_1")] double beta1 = 0.9,
        [ConfigKey("beta_2")] double beta2 = 0.999,
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
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
    }

    /// <summary>How much of the gradients' average stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the largest gradient stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables) =>
        (momentums, norms) = AddSlotPairs(variables, "momentum", "norm");

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        var rate = update.LearningRate / (1 - Math.Pow(Beta1, Iterations + 1));
        Fused.Adamax(
            update.Variable, update.Gradient, momentums[update.Index], norms[update.Index], rate, Beta1, Beta2, Epsilon, update.WeightDecay);
    }
}
