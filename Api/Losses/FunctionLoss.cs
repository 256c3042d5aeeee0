using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>A loss from a function of targets and predictions.</summary>
internal sealed class FunctionLoss(Func<Tensor, Tensor, Tensor> function, LossReduction reduction, string name)
    : Loss(reduction, name), IKerasObject
{
    /// <inheritdoc/>
    JsonObject IKerasObject.GetConfig() => throw new InvalidOperationException(
        $"loss '{Name}': a function cannot be saved. Hint: make it a class derived from Loss, and register it with KerasTypes.");

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var (targets, predictions) = Ranks.Align(yTrue, yPred);
        return function(targets, predictions);
    }
}
