namespace GpuKeras.Optimizers;

/// <summary>Gradient descent, with momentum if asked for.</summary>
/// <remarks>
/// w −= learningRate · g. With momentum: m = momentum · m − learningRate · g, w += m; with Nesterov's form
/// w += momentum · m − learningRate · g. Sutskever et al. 2013.
/// </remarks>
public sealed class SGD : Optimizer
{
    private Variable[]? momentums;

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.01 by default.</param>
    /// <param name="momentum">How much of the last step is repeated, from 0 to 1.</param>
    /// <param name="nesterov">Whether to look ahead by Nesterov's form.</param>
    public SGD(
        LearningRate? learningRate = null,
        double momentum = 0,
        bool nesterov = false,
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
            learningRate ?? 0.01, weightDecay, clipnorm, clipvalue, globalClipnorm,
            useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        if (momentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), $"SGD: momentum must be between 0 and 1; got {momentum}");
        Momentum = momentum;
        Nesterov = nesterov;
    }

    /// <summary>How much of the last step is repeated, from 0 to 1.</summary>
    public double Momentum { get; }

    /// <summary>Whether to look ahead by Nesterov's form.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        if (Momentum != 0)
            momentums = AddSlots(variables, "momentum");
    }

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        if (momentums is null)
            Fused.Sgd(update.Variable, update.Gradient, update.LearningRate, update.WeightDecay);
        else
            Fused.Momentum(
                update.Variable, update.Gradient, momentums[update.Index], update.LearningRate, Momentum, Nesterov, update.WeightDecay);
    }
}
