namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// The gradient of <see cref="SparseCrossEntropyKernel{T}"/>: dx = (softmax(x) − one-hot(label)) · dloss, dx <c>[rows, classes]</c>.
/// </summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
/// <param name="areChecked">Whether the labels have been checked, or are about to be by a launch before this one.</param>
public readonly unsafe struct SparseCrossEntropyGradientKernel<T>(
    ArrayView<T> logits, ArrayView<int> labels, ArrayView<T> lossGradient, ArrayView<T> dx, long rows, long classes, bool areChecked = false) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> logits = logits;
    private readonly ArrayView<int> labels = labels;
    private readonly ArrayView<T> lossGradient = lossGradient;
    private readonly ArrayView<T> dx = dx;

    /// <inheritdoc/>
    public static string Name => "sparse_cross_entropy_gradient";

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">A label is not a class.</exception>
    public void RunHost()
    {
        if (!areChecked)
            IndexCheck.Require(labels, classes, "label");
        RowLoop<T, SparseCrossEntropyGradientKernel<T>>.For(this, rows, classes);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (!areChecked)
            IndexCheck.RequireOnDevice(launcher, labels, classes, "label");
        if (classes > 0)
            RowLoop<T, SparseCrossEntropyGradientKernel<T>>.Launch(launcher, this, rows, classes);
    }

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)logits.Pointer + row * classes;
        var target = (TElement*)dx.Pointer + row * classes;
        var upstream = TScalar.Load((TElement*)lossGradient.Pointer + row);
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, classes);
        var sum = TeamRow<TTeam, TLane, TScalar, TElement>.StoreExp(team, source, target, classes, shift);
        TeamRow<TTeam, TLane, TScalar, TElement>.Scale(team, target, classes, upstream / sum);
        var label = IndexCheck.OrZero(labels[row], classes);
        if (TeamRow<TTeam, TLane, TScalar, TElement>.Takes(team, label))
            (TScalar.Load(target + label) - upstream).Store(target + label);
    }
}
