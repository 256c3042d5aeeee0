using GpuKeras.Losses;
using GpuKeras.Metrics;

namespace GpuKeras;

/// <summary>The losses of a compiled model, matched to its outputs when the first batch comes.</summary>
internal sealed class CompiledLoss(LossSet losses, LossWeights? lossWeights)
{
    private Loss?[]? perOutput;
    private double[]? weights;
    private Mean[] trackers = [];

    /// <summary>For several outputs, the mean loss of each as <c>NAME_loss</c>.</summary>
    public IReadOnlyList<Mean> Trackers => trackers;

    /// <summary>The weighted sum of the outputs' losses.</summary>
    public Tensor Apply(TensorStructure yTrue, TensorStructure yPred, TensorStructure? sampleWeight, IReadOnlyList<string> outputNames)
    {
        perOutput ??= Match(outputNames);
        var targets = OutputMatching.Order("y", yTrue, yPred, outputNames, perOutput.Count(static loss => loss is not null));
        var sampleWeights = sampleWeight is null ? null : OutputMatching.Order("sample weight", sampleWeight, yPred, outputNames, sampleWeight.Count);
        Tensor? total = null;
        for (var i = 0; i < yPred.Count; i++)
        {
            if (perOutput[i] is not { } loss || targets[i] is not { } target)
                continue;
            CheckShapes(loss, target, yPred[i], outputNames[i]);
            var value = loss.Apply(target, yPred[i], sampleWeights is null ? null : sampleWeights[sampleWeight!.IsSingle ? 0 : i]);
            if (value.Rank > 0)
                value = value.Mean();
            if (trackers.Length > 0)
                trackers[i].UpdateState(value, yPred[i].Shape[0]);
            if (weights is not null && weights[i] != 1)
                value = value * weights[i];
            total = total is null ? value : total + value;
        }
        return total ?? throw new InvalidOperationException("No loss to compute. Provide a `loss` argument in `Compile()`.");
    }

    private Loss?[] Match(IReadOnlyList<string> outputNames)
    {
        weights = lossWeights?.Distribute("lossWeights", outputNames, 1);
        if (outputNames.Count > 1)
            trackers = [.. outputNames.Select(static name => new Mean($"{name}_loss"))];
        return losses.Distribute("loss", outputNames, null);
    }

    private static void CheckShapes(Loss loss, Tensor yTrue, Tensor yPred, string output)
    {
        if (yTrue.Rank > 0 && yPred.Rank > 0 && yTrue.Shape[0] != yPred.Shape[0])
            throw new ShapeException(
                $"loss '{loss.Name}' of output '{output}'", "targets and predictions must be of the same samples",
                $"y {yTrue.Shape}, predictions {yPred.Shape}", "check that the model keeps the batch axis");
    }
}
