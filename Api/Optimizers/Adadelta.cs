namespace GpuKeras.Optimizers;

/// <summary>Steps in the units of the weights, from moving averages of squared gradients and squared steps. Zeiler 2012.</summary>
/// <remarks>
/// a = rho · a + (1 − rho) g²; δ = √(d + epsilon) / √(a + epsilon) · g; d = rho · d + (1 − rho) δ²; w −= learningRate · δ.
/// The paper's learning rate is 1.
/// </remarks>
public sealed class Adadelta : Optimizer
{
    private Variable[] squaredGradients = [];
    private Variable[] squaredSteps = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="rho">How much of the averages stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    public Adadelta(
        LearningRate? learningRate = null,
        double rho = 0.95,
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
        Rho = rho;
        Epsilon = epsilon;
    }

    /// <summary>How much of the averages stays at each step.</summary>
    public double Rho { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables) =>
        (squaredGradients, squaredSteps) = AddSlotPairs(variables, "accumulated_grad", "accumulated_delta_var");

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update) =>
        Fused.Adadelta(
            update.Variable, update.Gradient, squaredGradients[update.Index], squaredSteps[update.Index],
            update.LearningRate, Rho, Epsilon, update.WeightDecay);
}
