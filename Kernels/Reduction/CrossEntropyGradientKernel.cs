namespace GpuKeras.Kernels.Reduction;

/// <summary>The gradient of <see cref="CrossEntropyKernel{T}"/>: dx = (softmax(x) · Σ t − t) · dloss, dx <c>[rows, classes]</c>.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
public readonly unsafe struct CrossEntropyGradientKernel<T>(
    ArrayView<T> logits, ArrayView<T> targets, ArrayView<T> lossGradient, ArrayView<T> dx, long rows, long classes) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> logits = logits;
    private readonly ArrayView<T> targets = targets;
    private readonly ArrayView<T> lossGradient = lossGradient;
    private readonly ArrayView<T> dx = dx;

    /// <inheritdoc/>
    public static string Name => "cross_entropy_gradient";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, CrossEntropyGradientKernel<T>>.For(this, rows, classes);

    void IRowStep.Row<TLane, TScalar, TElement>(long row)
    {
        var source = (TElement*)logits.Pointer + row * classes;
        var target = (TElement*)targets.Pointer + row * classes;
        var result = (TElement*)dx.Pointer + row * classes;
        var upstream = TScalar.Load((TElement*)lossGradient.Pointer + row);
        var mass = RowMath<TLane, TScalar, TElement>.Sum(target, classes);
        var shift = RowMath<TLane, TScalar, TElement>.Shift(source, classes);
        var scale = mass / RowMath<TLane, TScalar, TElement>.StoreExp(source, result, classes, shift);
        var scales = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var upstreams = RowMath<TLane, TScalar, TElement>.Broadcast(upstream);
        var i = 0L;
        for (; i + TLane.Count <= classes; i += TLane.Count)
            ((TLane.Load(result + i) * scales - TLane.Load(target + i)) * upstreams).Store(result + i);
        for (; i < classes; i++)
            ((TScalar.Load(result + i) * scale - TScalar.Load(target + i)) * upstream).Store(result + i);
    }
}
