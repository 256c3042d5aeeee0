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

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, CrossEntropyGradientKernel<T>>.Launch(launcher, this, rows, classes);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)logits.Pointer + row * classes;
        var target = (TElement*)targets.Pointer + row * classes;
        var result = (TElement*)dx.Pointer + row * classes;
        var upstream = TScalar.Load((TElement*)lossGradient.Pointer + row);
        var mass = TeamRow<TTeam, TLane, TScalar, TElement>.Sum(team, target, classes);
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, classes);
        var scale = mass / TeamRow<TTeam, TLane, TScalar, TElement>.StoreExp(team, source, result, classes, shift);
        var scales = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var upstreams = RowMath<TLane, TScalar, TElement>.Broadcast(upstream);
        var i = TeamRow<TTeam, TLane, TScalar, TElement>.Start(team);
        for (; i + TLane.Count <= classes; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
            ((TLane.Load(result + i) * scales - TLane.Load(target + i)) * upstreams).Store(result + i);
        for (; i < classes; i++)
            ((TScalar.Load(result + i) * scale - TScalar.Load(target + i)) * upstream).Store(result + i);
    }
}
