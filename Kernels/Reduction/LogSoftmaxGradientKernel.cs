namespace GpuKeras.Kernels.Reduction;

/// <summary>The gradient of log-softmax: dx = dy − exp(y) · Σ dy over rows; all <c>[rows, columns]</c>.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
public readonly unsafe struct LogSoftmaxGradientKernel<T>(ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx, long rows, long columns)
    : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;

    /// <inheritdoc/>
    public static string Name => "log_softmax_gradient";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, LogSoftmaxGradientKernel<T>>.For(this, rows, columns);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, LogSoftmaxGradientKernel<T>>.Launch(launcher, this, rows, columns);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var output = (TElement*)y.Pointer + row * columns;
        var upstream = (TElement*)dy.Pointer + row * columns;
        var target = (TElement*)dx.Pointer + row * columns;
        var sums = RowMath<TLane, TScalar, TElement>.Broadcast(TeamRow<TTeam, TLane, TScalar, TElement>.Sum(team, upstream, columns));
        var i = TeamRow<TTeam, TLane, TScalar, TElement>.Start(team);
        for (; i + TLane.Count <= columns; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
            (TLane.Load(upstream + i) - TLane.Exp(TLane.Load(output + i)) * sums).Store(target + i);
        if (TLane.Count > 1 && i < columns)
        {
            var rest = RowMath<TLane, TScalar, TElement>.LoadTail(output + i, columns - i, 0);
            var gradient = RowMath<TLane, TScalar, TElement>.LoadTail(upstream + i, columns - i, 0);
            LaneTail.Store(gradient - TLane.Exp(rest) * sums, target + i, columns - i);
        }
    }
}
