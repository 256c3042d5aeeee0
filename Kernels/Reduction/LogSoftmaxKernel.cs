namespace GpuKeras.Kernels.Reduction;

/// <summary>y = x − max − log Σ exp(x − max) over rows: x, y <c>[rows, columns]</c>; they may be the same memory.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
public readonly unsafe struct LogSoftmaxKernel<T>(ArrayView<T> x, ArrayView<T> y, long rows, long columns) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "log_softmax";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, LogSoftmaxKernel<T>>.For(this, rows, columns);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, LogSoftmaxKernel<T>>.Launch(launcher, this, rows, columns);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)x.Pointer + row * columns;
        var target = (TElement*)y.Pointer + row * columns;
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, columns);
        var logSum = TScalar.Log(TeamRow<TTeam, TLane, TScalar, TElement>.SumExp(team, source, columns, shift));

        // Two subtractions: x − shift is exact near the maximum, where shift + logSum would round.
        var shifts = RowMath<TLane, TScalar, TElement>.Broadcast(shift);
        var logSums = RowMath<TLane, TScalar, TElement>.Broadcast(logSum);
        var i = TeamRow<TTeam, TLane, TScalar, TElement>.Start(team);
        for (; i + TLane.Count <= columns; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
            (TLane.Load(source + i) - shifts - logSums).Store(target + i);
        for (; i < columns; i++)
            (TScalar.Load(source + i) - shift - logSum).Store(target + i);
    }
}
