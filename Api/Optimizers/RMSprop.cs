namespace GpuKeras.Optimizers;

/// <summary>Divides the gradient by the root of a moving average of its squares.</summary>
/// <remarks>
/// v = rho · v + (1 − rho) g²; w −= learningRate · g / √(v + epsilon). Centered, the average gradient's square is taken from v, which
/// estimates the variance. Hinton 2012; Graves 2013 for the centered form.
/// </remarks>
public sealed class RMSprop : Optimizer
{
    private Variable[] velocities = [];
    private Variable[]? momentums;
    private Variable[]? averages;

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="rho">How much of the averages stays at each step.</param>
    /// <param name="momentum">How much of the last step is repeated.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    /// <param name="centered">Whether to divide by the estimated standard deviation.</param>
    public RMSprop(
        LearningRate? learningRate = null,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        bool centered = false,
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
        Rho = rho;
        Momentum = momentum;
        Epsilon = epsilon;
        Centered = centered;
    }

    /// <summary>How much of the averages stays at each step.</summary>
    public double Rho { get; }

    /// <summary>How much of the last step is repeated.</summary>
    public double Momentum { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether to divide by the estimated standard deviation.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        velocities = AddSlots(variables, "velocity");
        if (Momentum > 0)
            momentums = AddSlots(variables, "momentum");
        if (Centered)
            averages = AddSlots(variables, "average_gradient");
    }

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update) =>
        Fused.RmsProp(
            update.Variable, update.Gradient, velocities[update.Index], averages?[update.Index], momentums?[update.Index],
            update.LearningRate, Rho, Momentum, Epsilon, update.WeightDecay);
}
