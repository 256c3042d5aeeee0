namespace GpuKeras.Kernels.Reduction;

/// <summary>y = max + log Σ exp(x − max) over rows: x <c>[rows, columns]</c> → y <c>[rows]</c>.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
/// <remarks>−∞ for a row of no columns or of nothing but −∞; +∞ for a row that holds +∞; NaN if any element is NaN.</remarks>
public readonly unsafe struct LogSumExpKernel<T>(ArrayView<T> x, ArrayView<T> y, long rows, long columns) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "log_sum_exp";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, LogSumExpKernel<T>>.For(this, rows, columns);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, LogSumExpKernel<T>>.Launch(launcher, this, rows, columns);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)x.Pointer + row * columns;
        var shift = TeamRow<TTeam, TLane, TScalar, TElement>.Shift(team, source, columns);
        var infinite = TScalar.Create(double.PositiveInfinity);
        var result = shift + TScalar.Log(TeamRow<TTeam, TLane, TScalar, TElement>.SumExp(team, source, columns, shift));
        if (team.Rank == 0)
            TScalar.WhereEqual(shift, infinite, infinite, result).Store((TElement*)y.Pointer + row);
    }
}
