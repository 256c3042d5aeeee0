namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// Softmax cross-entropy with class numbers: loss = log Σ exp(x) − x[label], x <c>[rows, classes]</c>, labels and loss <c>[rows]</c>.
/// </summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
/// <remarks>A label outside 0 … classes − 1 is an error that names the first one.</remarks>
/// <param name="areChecked">Whether the labels have been checked, or are about to be by a launch before this one.</param>
public readonly unsafe struct SparseCrossEntropyKernel<T>(
    ArrayView<T> logits, ArrayView<int> labels, ArrayView<T> loss, long rows, long classes, bool areChecked = false) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> logits = logits;
    private readonly ArrayView<int> labels = labels;
    private readonly ArrayView<T> loss = loss;

    /// <inheritdoc/>
    public static string Name => "sparse_cross_entropy";

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">A label is not a class.</exception>
    public void RunHost()
    {
        if (!areChecked)
            IndexCheck.Require(labels, classes, "label");
        RowLoop<T, SparseCrossEntropyKernel<T>>.For(this, rows, classes);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (!areChecked)
            IndexCheck.RequireOnDevice(launcher, labels, classes, "label");
        if (classes > 0)
            RowLoop<T, SparseCrossEntropyKernel<T>>.Launch(launcher, this, rows, classes);
    }

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)logits.Pointer + row * classes;
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, classes);
        var logSum = TScalar.Log(TeamRow<TTeam, TLane, TScalar, TElement>.SumExp(team, source, classes, shift));
        if (team.Rank == 0)
            (logSum - (TScalar.Load(source + IndexCheck.OrZero(labels[row], classes)) - shift)).Store((TElement*)loss.Pointer + row);
    }
}
