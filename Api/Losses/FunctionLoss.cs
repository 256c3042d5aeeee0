using System.Text.Json.Nodes;

namespace GpuKeras.Losses;

/// <summary>A loss from a function of targets and predictions.</summary>
internal sealed class FunctionLoss(Func<Tensor, Tensor, Tensor> function, LossReduction reduction, string name)
    : Loss(reduction, name)
{
    /// <inheritdoc/>
    public override JsonObject GetConfig() => throw new InvalidOperationException(
        $"loss '{Name}': a function cannot be saved. Hint: make it a class derived from Loss, and register it with KerasTypes.");

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var (targets, predictions) = Ranks.Align(yTrue, yPred);
        return function(targets, predictions);
    }
}
