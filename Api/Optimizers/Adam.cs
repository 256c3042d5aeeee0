using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Adaptive moment estimation. Kingma and Ba 2015.</summary>
/// <remarks>
/// m and v are moving averages of the gradient and its square, with the bias of their start removed:
/// w −= learningRate · √(1 − beta2ᵗ) / (1 − beta1ᵗ) · m / (√v + epsilon). AMSGrad (Reddi et al. 2018) takes the largest v so far.
/// </remarks>
public class Adam : Optimizer
{
    private Variable[] momentums = [];
    private Variable[] velocities = [];
    private Variable[]? largestVelocities;

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the gradients' average stays at each step.</param>
    /// <param name="beta2">How much of the squares' average stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    /// <param name="amsgrad">Whether to use AMSGrad.</param>
    public Adam(
        LearningRate? learningRate = null,
        [ConfigKey("beta_1")] double beta1 = 0.9,
        [ConfigKey("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
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
        Amsgrad = amsgrad;
    }

    /// <summary>How much of the gradients' average stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the squares' average stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether to use AMSGrad.</summary>
    public bool Amsgrad { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        (momentums, velocities) = AddSlotPairs(variables, "momentum", "velocity");
        if (Amsgrad)
            largestVelocities = AddSlots(variables, "velocity_hat");
    }

    // Sealed because the update is queued: what an override did to the variable after it would come before it.
    /// <inheritdoc/>
    protected sealed override void UpdateStep(in VariableUpdate update)
    {
        var step = Iterations + 1;
        var alpha = update.LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step));
        Fused.Adam(
            update.Variable, update.Gradient, momentums[update.Index], velocities[update.Index], largestVelocities?[update.Index],
            alpha, Beta1, Beta2, Epsilon, update.WeightDecay);
    }
}
