namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// Softmax cross-entropy with class probabilities t: loss = Σ t · (log Σ exp(x) − x); x, t <c>[rows, classes]</c>, loss <c>[rows]</c>.
/// </summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
/// <remarks>The probabilities need not sum to 1.</remarks>
public readonly unsafe struct CrossEntropyKernel<T>(
    ArrayView<T> logits, ArrayView<T> targets, ArrayView<T> loss, long rows, long classes) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> logits = logits;
    private readonly ArrayView<T> targets = targets;
    private readonly ArrayView<T> loss = loss;

    /// <inheritdoc/>
    public static string Name => "cross_entropy";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, CrossEntropyKernel<T>>.For(this, rows, classes);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, CrossEntropyKernel<T>>.Launch(launcher, this, rows, classes);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)logits.Pointer + row * classes;
        var target = (TElement*)targets.Pointer + row * classes;
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, classes);
        var logSum = TScalar.Log(TeamRow<TTeam, TLane, TScalar, TElement>.SumExp(team, source, classes, shift));
        var shifts = RowMath<TLane, TScalar, TElement>.Broadcast(shift);
        var logSums = RowMath<TLane, TScalar, TElement>.Broadcast(logSum);
        var (total, zero, i) = (TLane.Create(0), TLane.Create(0), TeamRow<TTeam, TLane, TScalar, TElement>.Start(team));
        for (; i + TLane.Count <= classes; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
            total += Term(TLane.Load(target + i), logSums - (TLane.Load(source + i) - shifts), zero);
        var sum = TeamRow<TTeam, TLane, TScalar, TElement>.Combine<SumReduction>(team, total);
        for (; i < classes; i++)
            sum += Term(TScalar.Load(target + i), logSum - (TScalar.Load(source + i) - shift), TScalar.Create(0));
        if (team.Rank == 0)
            sum.Store((TElement*)loss.Pointer + row);
    }

    // A class of probability 0 adds nothing, even where its logit is −∞; a NaN logit still shows.
    private static TLane Term<TLane>(TLane probability, TLane surprise, TLane zero)
        where TLane : struct, ILane<TLane>
    {
        var term = probability * surprise;
        var finite = TLane.WhereEqual(surprise, TLane.Create(double.PositiveInfinity), zero, term);
        return TLane.WhereEqual(probability, zero, finite, term);
    }
}
