using System.Text.Json.Nodes;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Losses;

/// <summary>How wrong predictions are: a number to minimise.</summary>
public abstract partial class Loss : IKerasObject
{
    /// <summary>Sets what every loss has.</summary>
    /// <param name="reduction">How per-sample values become one number.</param>
    /// <param name="name">The name in logs; by default the class name in snake_case, numbered.</param>
    protected Loss(LossReduction reduction = LossReduction.SumOverBatchSize, string? name = null)
    {
        Reduction = reduction;
        Name = name ?? AutomaticNames.Next(Identifiers.ToSnakeCase(GetType().Name));
    }

    /// <summary>How per-sample values become one number.</summary>
    public LossReduction Reduction { get; }

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>The string that the loss was asked for with, which configurations keep; null for an object that the program made.</summary>
    internal string? Identifier { get; set; }

    /// <summary>Whether targets are class numbers, which stay integers; other targets get the predictions' dtype.</summary>
    private protected virtual bool TakesClassNumbers => false;

    /// <summary>The reduced loss.</summary>
    /// <param name="yTrue">The targets; each loss documents their shape.</param>
    /// <param name="yPred">The predictions. A mask on them leaves masked entries out.</param>
    /// <param name="sampleWeight">A weight for each sample or entry, broadcast against the per-sample values.</param>
    /// <returns>A scalar; with <see cref="LossReduction.None"/> the weighted per-sample values.</returns>
    public Tensor Apply(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        var values = Values(yTrue, yPred);
        var mask = (yPred.Mask, values.Mask) switch
        {
            ({ } given, { } own) => given.LogicalAnd(own),
            var (given, own) => given ?? own,
        };
        return WeightedReduction.Apply(values, sampleWeight, mask, Reduction);
    }

    /// <summary>
    /// The loss of each sample or entry, neither weighted nor reduced: <c>[batch, …]</c> for predictions <c>[batch, …, n]</c>.
    /// </summary>
    /// <param name="yTrue">The targets; each loss documents their shape.</param>
    /// <param name="yPred">The predictions; integers are taken as float32.</param>
    public Tensor Values(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var predictions = yPred.DType.IsFloatingPoint() ? yPred : yPred.Cast(DType.Float32);
        return Call(TakesClassNumbers ? yTrue : yTrue.Cast(predictions.DType), predictions);
    }

    /// <summary>The configuration: the name, the reduction and the constructor's other parameters.</summary>
    public virtual JsonObject GetConfig() => KerasConfig.OfConstructor(this).InKerasOrder(GetType(), "name", "reduction");

    /// <summary>The loss of each sample, <c>[batch, …]</c>: the last axis of the predictions is reduced.</summary>
    /// <param name="yTrue">The targets, of the predictions' dtype.</param>
    /// <param name="yPred">The predictions, float32 or float64.</param>
    protected abstract Tensor Call(Tensor yTrue, Tensor yPred);
}
