using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Adam with Nesterov momentum. Dozat 2016.</summary>
/// <remarks>
/// The momentum follows the schedule uₜ = beta1 (1 − 0.96ᵗ / 2), whose product Pₜ corrects its bias:
/// w −= learningRate · (uₜ₊₁ m / (1 − Pₜ₊₁) + (1 − uₜ) g / (1 − Pₜ)) / (√(v / (1 − beta2ᵗ)) + epsilon).
/// </remarks>
public sealed class Nadam : Optimizer
{
    private Variable[] momentums = [];
    private Variable[] velocities = [];
    private HostScalar? product;

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the gradients' average stays at each step.</param>
    /// <param name="beta2">How much of the squares' average stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    public Nadam(
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

    /// <summary>How much of the squares' average stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        (momentums, velocities) = AddSlotPairs(variables, "momentum", "velocity");
        product = AddScalar(1, variables.Count > 0 ? variables[0].DType : DType.Float32, "variable", "variable");
    }

    /// <inheritdoc/>
    protected override void BeginStep() => product!.Value *= Scheduled(Iterations + 1);

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        var step = Iterations + 1;
        var (now, next, soFar) = (Scheduled(step), Scheduled(step + 1), product!.Value);
        Fused.Nadam(
            update.Variable, update.Gradient, momentums[update.Index], velocities[update.Index], update.LearningRate, Beta1, Beta2, Epsilon,
            next / (1 - soFar * next), (1 - now) / (1 - soFar), 1 / (1 - Math.Pow(Beta2, step)), update.WeightDecay);
    }

    private double Scheduled(long step) => Beta1 * (1 - 0.5 * Math.Pow(0.96, step));
}
