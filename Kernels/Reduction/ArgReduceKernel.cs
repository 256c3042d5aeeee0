using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>The position of the winner along the middle axis: x <c>[outer, reduced, inner]</c> → y <c>[outer, inner]</c>, int32.</summary>
/// <typeparam name="TComparison">Largest or smallest.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>The first of equal winners; the first NaN beats every number, as in NumPy. The reduced axis must not be empty.</remarks>
public readonly unsafe struct ArgReduceKernel<TComparison, T>(ArrayView<T> x, ArrayView<int> y, long outer, long reduced, long inner)
    : IKernel, IRangeBody
    where TComparison : struct, IArgComparison
    where T : unmanaged, INumber<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<int> y = y;

    /// <inheritdoc/>
    public static string Name => TComparison.Name;

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(outer, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, reduced * inner)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (outer * inner == 0)
            return;
        if (inner > 1 || launcher.Profile.IsCpuLike)
            launcher.Launch(outer * inner, ColumnBody, this);
        else if (WarpRows.Suit(launcher.Profile, outer, reduced))
            launcher.Launch(WarpRows.Config(outer), WarpBody, new WarpRowArguments<ArgReduceKernel<TComparison, T>>(this, outer));
        else
            launcher.Launch(KernelConfig.Linear(checked((int)outer), GroupTeam.Items), GroupBody, this);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        for (var block = start; block < end; block++)
        {
            for (var column = 0L; column < inner; column++)
                y[block * inner + column] = Winner(x.Pointer + block * reduced * inner + column);
        }
    }

    private int Winner(T* column)
    {
        var (best, position) = (column[0], 0);
        for (var i = 1L; i < reduced && !T.IsNaN(best); i++)
        {
            var candidate = column[i * inner];
            if (TComparison.Beats(candidate, best) || T.IsNaN(candidate))
                (best, position) = (candidate, (int)i);
        }
        return position;
    }

    private static void ColumnBody(Index1D i, ArgReduceKernel<TComparison, T> kernel) => kernel.Column(i);

    private static void WarpBody(WarpRowArguments<ArgReduceKernel<TComparison, T>> rows) => rows.Step.Row(rows.Team, rows.Row);

    private static void GroupBody(ArgReduceKernel<TComparison, T> kernel) => kernel.Row(default(GroupTeam), Grid.IdxX);

    private void Column(long i) => y[i] = Winner(x.Pointer + i / inner * reduced * inner + i % inner);

    private void Row<TTeam>(TTeam team, long row)
        where TTeam : struct, IRowTeam
    {
        // Items without an element hold the first one, which is no more than one of the equal winners.
        var source = x.Pointer + row * reduced;
        var winner = (Value: source[0], Position: 0);
        for (var i = team.Rank; i < reduced; i += TTeam.Size)
            winner = ArgCombination<TComparison, T>.Combine(winner, (source[i], (int)i));
        winner = team.ReducePair<ArgCombination<TComparison, T>, T, int>(winner);
        if (team.Rank == 0)
            y[row] = winner.Position;
    }
}
