namespace GpuKeras.Kernels.Reduction;

/// <summary>The gradient of softmax: dx = y · (dy − Σ dy·y) over rows; all <c>[rows, columns]</c>.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
public readonly unsafe struct SoftmaxGradientKernel<T>(ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx, long rows, long columns)
    : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;

    /// <inheritdoc/>
    public static string Name => "softmax_gradient";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, SoftmaxGradientKernel<T>>.For(this, rows, columns);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, SoftmaxGradientKernel<T>>.Launch(launcher, this, rows, columns);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var output = (TElement*)y.Pointer + row * columns;
        var upstream = (TElement*)dy.Pointer + row * columns;
        var target = (TElement*)dx.Pointer + row * columns;
        var dot = TeamRow<TTeam, TLane, TScalar, TElement>.Dot(team, output, upstream, columns);
        var dots = RowMath<TLane, TScalar, TElement>.Broadcast(dot);
        var i = TeamRow<TTeam, TLane, TScalar, TElement>.Start(team);
        for (; i + TLane.Count <= columns; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
            (TLane.Load(output + i) * (TLane.Load(upstream + i) - dots)).Store(target + i);
        for (; i < columns; i++)
            (TScalar.Load(output + i) * (TScalar.Load(upstream + i) - dot)).Store(target + i);
    }
}
