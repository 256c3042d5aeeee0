using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>Half the square of small differences, and linear for large ones.</summary>
/// <remarks>
/// mean(½e² where |e| ≤ δ, δ·|e| − ½δ² elsewhere) with e = p − y, over the last axis (Huber 1964).
/// Targets and predictions <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="delta">δ, where the quadratic part becomes linear.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class Huber(double delta = 1, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "huber_loss")
    : DenseLoss(reduction, name)
{
    /// <summary>δ, where the quadratic part becomes linear.</summary>
    public double Delta { get; } = delta;

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().WithoutDefault("delta", 1.0);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var error = yPred - yTrue;
        var distance = error.Abs();
        return Tensor.Where(distance <= Delta, error.Square() * 0.5, distance * Delta - 0.5 * Delta * Delta).Mean(-1);
    }
}
