namespace GpuKeras.Kernels.Reduction;

/// <summary>y = exp(x − max) / Σ exp(x − max) over rows: x, y <c>[rows, columns]</c>; they may be the same memory.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
/// <remarks>A row that holds NaN or +∞ becomes NaN, as does a row of nothing but −∞.</remarks>
public readonly unsafe struct SoftmaxKernel<T>(ArrayView<T> x, ArrayView<T> y, long rows, long columns) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "softmax";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, SoftmaxKernel<T>>.For(this, rows, columns);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, SoftmaxKernel<T>>.Launch(launcher, this, rows, columns);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)x.Pointer + row * columns;
        var target = (TElement*)y.Pointer + row * columns;
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, columns);
        var sum = TeamRow<TTeam, TLane, TScalar, TElement>.StoreExp(team, source, target, columns, shift);
        TeamRow<TTeam, TLane, TScalar, TElement>.Scale(team, target, columns, TScalar.Create(1) / sum);
    }
}
