namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// The gradient of <see cref="SparseCrossEntropyKernel{T}"/>: dx = (softmax(x) − one-hot(label)) · dloss, dx <c>[rows, classes]</c>.
/// </summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
public readonly unsafe struct SparseCrossEntropyGradientKernel<T>(
    ArrayView<T> logits, ArrayView<int> labels, ArrayView<T> lossGradient, ArrayView<T> dx, long rows, long classes) : IKernel, IRowStep
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
        IndexCheck.Require(labels, classes, "label");
        RowLoop<T, SparseCrossEntropyGradientKernel<T>>.For(this, rows, classes);
    }

    void IRowStep.Row<TLane, TScalar, TElement>(long row)
    {
        var source = (TElement*)logits.Pointer + row * classes;
        var target = (TElement*)dx.Pointer + row * classes;
        var upstream = TScalar.Load((TElement*)lossGradient.Pointer + row);
        var shift = RowMath<TLane, TScalar, TElement>.Shift(source, classes);
        var sum = RowMath<TLane, TScalar, TElement>.StoreExp(source, target, classes, shift);
        RowMath<TLane, TScalar, TElement>.Scale(target, classes, upstream / sum);
        var label = target + labels[row];
        (TScalar.Load(label) - upstream).Store(label);
    }
}
