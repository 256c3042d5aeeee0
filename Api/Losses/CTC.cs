namespace GpuKeras.Losses;

/// <summary>
/// Connectionist temporal classification: the negative log likelihood of a label sequence over all its alignments with the steps.
/// </summary>
/// <remarks>
/// The forward recursion of Graves et al. (2006), in logarithms. Predictions are logits <c>[batch, steps, classes]</c>, class 0 the
/// blank; targets are class numbers <c>[batch, labels]</c>, padded at the end with 0; values <c>[batch]</c>. A sequence that
/// the steps cannot hold has an infinite loss.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class CTC(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "ctc") : Loss(reduction, name)
{
    // Stands for log 0: exp gives 0, and no ∞ − ∞ enters the gradient.
    private const double Impossible = -1e30;

    private protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        if (yTrue.Rank != 2 || yPred.Rank != 3 || yTrue.Shape[0] != yPred.Shape[0])
            throw new ShapeException(
                Name, "Targets are expected to have shape [batch, labels], logits [batch, steps, classes]",
                $"target {yTrue.Shape}, output {yPred.Shape}");
        var labels = Labels.AsInt32(yTrue);
        Labels.Check(Name, labels, yPred.Shape[^1]);
        var (batch, steps) = (yPred.Shape[0], yPred.Shape[1]);
        var states = WithBlanks(labels);
        var emissions = yPred.LogSoftmax().TakeAlongAxis(states.ExpandDims(1).BroadcastTo([batch, steps, states.Shape[1]]), -1);
        var final = Forward(emissions, MaySkip(states));

        // The last label or the blank after it ends an alignment; without labels there is only the blank.
        var lastBlank = labels.NotEqual(0).Cast(DType.Int32).Sum(-1, keepDims: true) * 2;
        var lastLabel = (lastBlank - 1).Maximum(0);
        var ends = final.TakeAlongAxis(Tensor.Concat([lastBlank, lastLabel], -1), -1);
        var isOnlyBlank = Tensor.Concat([Tensor.Zeros(lastBlank.Shape, DType.Bool), lastBlank.Equal(0)], -1);
        var loss = -Tensor.Where(isOnlyBlank, Impossible, ends).LogSumExp(-1);
        return Tensor.Where(loss > -Impossible / 2, double.PositiveInfinity, loss);
    }

    /// <summary>Blank, label, blank, …, label, blank: <c>[batch, 2·labels + 1]</c>.</summary>
    private static Tensor WithBlanks(Tensor labels)
    {
        var (batch, count) = (labels.Shape[0], labels.Shape[1]);
        var pairs = Tensor.Concat([Tensor.Zeros([batch, count, 1], DType.Int32), labels.ExpandDims(-1)], -1);
        return Tensor.Concat([pairs.Reshape([batch, 2 * count]), Tensor.Zeros([batch, 1], DType.Int32)], -1);
    }

    /// <summary>Where an alignment may come from two states before: at labels that differ from the one before.</summary>
    private static Tensor MaySkip(Tensor states)
    {
        var twoBefore = Tensor.Concat([states.Slice(1, ..2), states.Slice(1, ..^2)], -1);
        return states.NotEqual(twoBefore);
    }

    /// <summary>The log likelihood of the steps with each state as the last one, <c>[batch, states]</c>.</summary>
    private static Tensor Forward(Tensor emissions, Tensor maySkip)
    {
        var (batch, states) = (emissions.Shape[0], emissions.Shape[2]);
        // A first step is the blank or the first label.
        var (first, dtype) = (Math.Min(2, states), emissions.DType);
        var alpha = Tensor.Concat(
            [Step(emissions, 0).Slice(1, ..first), Tensor.Full([batch, states - first], Impossible, dtype)], -1);
        for (var step = 1; step < emissions.Shape[1]; step++)
        {
            var fromBefore = Shifted(alpha, 1);
            var fromTwoBefore = Tensor.Where(maySkip, Shifted(alpha, 2), Impossible);
            var ways = Tensor.Concat([alpha.ExpandDims(-1), fromBefore.ExpandDims(-1), fromTwoBefore.ExpandDims(-1)], -1);
            alpha = ways.LogSumExp(-1) + Step(emissions, step);
        }
        return alpha;
    }

    private static Tensor Step(Tensor emissions, int step) => emissions.Slice(1, step..(step + 1)).Squeeze(1);

    private static Tensor Shifted(Tensor alpha, int by) =>
        Tensor.Concat([Tensor.Full([alpha.Shape[0], by], Impossible, alpha.DType), alpha.Slice(1, ..^by)], -1);
}
