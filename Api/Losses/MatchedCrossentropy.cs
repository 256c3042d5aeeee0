using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>
/// Keras' identifiers <c>crossentropy</c> and <c>ce</c>: the cross-entropy that fits the shapes of targets and predictions.
/// </summary>
internal sealed class MatchedCrossentropy(string name) : Loss(LossReduction.SumOverBatchSize, name), IConfigValue
{
    private readonly BinaryCrossentropy binary = new();
    private readonly CategoricalCrossentropy categorical = new();
    private readonly SparseCategoricalCrossentropy sparse = new();

    private protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    public JsonNode? ToJson() => Name;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred) => TargetKinds.Of(yTrue.Shape, yPred.Shape) switch
    {
        TargetKind.Binary => binary.Values(yTrue, yPred),
        TargetKind.ClassNumbers => sparse.Values(yTrue, yPred),
        _ => categorical.Values(yTrue, yPred),
    };
}
