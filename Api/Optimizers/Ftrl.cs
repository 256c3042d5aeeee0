namespace GpuKeras.Optimizers;

/// <summary>Follow the regularized leader, for sparse linear models. McMahan et al. 2013.</summary>
/// <remarks>
/// n′ = n + g²; z += g + 2 · l2Shrinkage · w − (n′ᵖ − nᵖ) / learningRate · w with p = −learningRatePower;
/// w = (clip(z, −l1, l1) − z) / (n′ᵖ / learningRate + 2 (l2 + beta / (2 learningRate))); n = n′.
/// </remarks>
public sealed class Ftrl : Optimizer
{
    private Variable[] accumulators = [];
    private Variable[] linears = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="learningRatePower">How the learning rate falls with the sum of squares; not positive, 0 keeps it.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares start; not negative.</param>
    /// <param name="l1RegularizationStrength">The factor of the absolute values' penalty; not negative.</param>
    /// <param name="l2RegularizationStrength">The factor of the squares' penalty; not negative.</param>
    /// <param name="l2ShrinkageRegularizationStrength">The factor of a penalty on the gradient's size alone; not negative.</param>
    /// <param name="beta">The paper's β, which lowers early learning rates.</param>
    public Ftrl(
        LearningRate? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        double l1RegularizationStrength = 0,
        double l2RegularizationStrength = 0,
        double l2ShrinkageRegularizationStrength = 0,
        double beta = 0,
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
        CheckNotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue));
        CheckNotNegative(-learningRatePower, "-" + nameof(learningRatePower));
        CheckNotNegative(l1RegularizationStrength, nameof(l1RegularizationStrength));
        CheckNotNegative(l2RegularizationStrength, nameof(l2RegularizationStrength));
        CheckNotNegative(l2ShrinkageRegularizationStrength, nameof(l2ShrinkageRegularizationStrength));
        LearningRatePower = learningRatePower;
        InitialAccumulatorValue = initialAccumulatorValue;
        L1RegularizationStrength = l1RegularizationStrength;
        L2RegularizationStrength = l2RegularizationStrength;
        L2ShrinkageRegularizationStrength = l2ShrinkageRegularizationStrength;
        Beta = beta;
    }

    /// <summary>How the learning rate falls with the sum of squares; not positive, 0 keeps it.</summary>
    public double LearningRatePower { get; }

    /// <summary>Where the sums of squares start; not negative.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>The factor of the absolute values' penalty; not negative.</summary>
    public double L1RegularizationStrength { get; }

    /// <summary>The factor of the squares' penalty; not negative.</summary>
    public double L2RegularizationStrength { get; }

    /// <summary>The factor of a penalty on the gradient's size alone; not negative.</summary>
    public double L2ShrinkageRegularizationStrength { get; }

    /// <summary>The paper's β, which lowers early learning rates.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables) =>
        (accumulators, linears) = AddSlotPairs(variables, "accumulator", "linear", InitialAccumulatorValue);

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update) =>
        Fused.Ftrl(
            update.Variable, update.Gradient, accumulators[update.Index], linears[update.Index], update.LearningRate, LearningRatePower,
            L1RegularizationStrength, L2RegularizationStrength + Beta / (2 * update.LearningRate), L2ShrinkageRegularizationStrength,
            update.WeightDecay);

    private static void CheckNotNegative(double value, string parameter)
    {
        if (!(value >= 0))
            throw new ArgumentOutOfRangeException(parameter, $"Ftrl: {parameter} must be positive or zero; got {value}");
    }
}
