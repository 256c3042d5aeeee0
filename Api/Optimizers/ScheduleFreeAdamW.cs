using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>AdamW that needs no learning-rate schedule: it averages its iterates instead. Defazio et al. 2024.</summary>
/// <remarks>
/// z −= learningRate · g / (√(v / (1 − beta2ᵗ)) + epsilon); x is the mean of all z; the variable is y = beta1 · x + (1 − beta1) z,
/// from which x is found again each step. The slot <c>momentum</c> holds z.
/// </remarks>
public sealed class ScheduleFreeAdamW : Optimizer
{
    private Variable[] momentums = [];
    private Variable[] velocities = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.0025 by default.</param>
    /// <param name="beta1">How far the variable is from z towards x; above 0.</param>
    /// <param name="beta2">How much of the squares' average stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    /// <param name="warmupSteps">In how many steps the learning rate rises to its value.</param>
    public ScheduleFreeAdamW(
        LearningRate? learningRate = null,
        [ConfigKey("beta_1")] double beta1 = 0.9,
        [ConfigKey("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-8,
        int warmupSteps = 0,
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
            learningRate ?? 0.0025, weightDecay, clipnorm, clipvalue, globalClipnorm,
            useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        if (!(beta1 > 0))
            throw new ArgumentOutOfRangeException(nameof(beta1), $"ScheduleFreeAdamW: beta1 must be above 0; got {beta1}");
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WarmupSteps = warmupSteps;
    }

    /// <summary>How far the variable is from z towards x; above 0.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the squares' average stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>In how many steps the learning rate rises to its value.</summary>
    public int WarmupSteps { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        (momentums, velocities) = AddSlotPairs(variables, "momentum", "velocity");
        for (var i = 0; i < momentums.Length; i++)
            momentums[i].Assign(variables[i]);
    }

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        var (y, g, step) = (update.Variable, update.Gradient, (double)(Iterations + 1));
        var (z, velocity) = (momentums[update.Index], velocities[update.Index]);
        var rate = WarmupSteps > 0 ? update.LearningRate * Math.Min(step / WarmupSteps, 1) : update.LearningRate;
        FusedUpdates.MovingAverage(velocity, g.Square(), Beta2);
        var scale = (velocity / (1 - Math.Pow(Beta2, step))).Sqrt() + Epsilon;
        z.AssignSubtract(g * rate / scale);
        // The paper finds x from the old z; Keras on PyTorch, which the reference values are from, from the new one.
        var x = (y * (1 - update.WeightDecay) - z * (1 - Beta1)) / Beta1;
        x = x * (1 - 1 / step) + z * (1 / step);
        y.Assign(z * (1 - Beta1) + x * Beta1);
    }
}
