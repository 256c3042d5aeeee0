using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Adam whose step on each variable is as long as the variable is large, for large batches. You et al. 2020.</summary>
/// <remarks>
/// u = m̂ / (√v̂ + epsilon) with the bias-corrected averages; w −= learningRate · ‖w‖ / ‖u‖ · u, with factor 1 where a norm is 0.
/// </remarks>
public sealed class Lamb : Optimizer
{
    private Variable[] momentums = [];
    private Variable[] velocities = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the gradients' average stays at each step.</param>
    /// <param name="beta2">How much of the squares' average stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    public Lamb(
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
    protected override void CreateSlots(IReadOnlyList<Variable> variables) =>
        (momentums, velocities) = AddSlotPairs(variables, "momentum", "velocity");

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        var (w, g, step) = (update.Variable, update.Gradient, Iterations + 1);
        var (momentum, velocity) = (momentums[update.Index], velocities[update.Index]);
        FusedUpdates.MovingAverage(momentum, g, Beta1);
        FusedUpdates.MovingAverage(velocity, g.Square(), Beta2);
        var direction = momentum / (1 - Math.Pow(Beta1, step)) / ((velocity / (1 - Math.Pow(Beta2, step))).Sqrt() + Epsilon);
        var decayed = w * (1 - update.WeightDecay);
        var (size, length) = (decayed.Square().Sum().Sqrt(), direction.Square().Sum().Sqrt());
        var ratio = Tensor.Where((size > 0).LogicalAnd(length > 0), size / length, 1);
        w.Assign(decayed - direction * ratio * update.LearningRate);
    }
}
