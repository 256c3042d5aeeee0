using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// For each element the product of all others of its row, the gradient of the product: x, y <c>[rows, columns]</c>; not the same
/// memory.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>Products of what is before and of what is behind: a row with zeros needs no division.</remarks>
public readonly struct ProductOfOthersKernel<T>(ArrayView<T> x, ArrayView<T> y, long rows, long columns) : IKernel, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "product_of_others";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, columns)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (launcher.Profile.IsCpuLike)
            launcher.Launch(rows, RowBody, this);
        else
            launcher.Launch(WarpRows.Config(rows), WarpBody, new WarpRowArguments<ProductOfOthersKernel<T>>(this, rows));
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        for (var row = start; row < end; row++)
            Row(row);
    }

    private void Row(long row)
    {
        var (source, target) = (x.SubView(row * columns, columns), y.SubView(row * columns, columns));
        var product = T.One;
        for (var i = 0L; i < columns; i++)
        {
            target[i] = product;
            product *= source[i];
        }
        product = T.One;
        for (var i = columns - 1; i >= 0; i--)
        {
            target[i] *= product;
            product *= source[i];
        }
    }

    private static void RowBody(Index1D row, ProductOfOthersKernel<T> kernel) => kernel.Row(row);

    private static void WarpBody(WarpRowArguments<ProductOfOthersKernel<T>> rows) => rows.Step.Row(rows.Team, rows.Row);

    // A warp takes 32 elements at a time, and what comes before (then behind) them from the turn before.
    private void Row(WarpTeam team, long row)
    {
        var (source, target) = (x.SubView(row * columns, columns), y.SubView(row * columns, columns));
        var carry = T.One;
        for (var block = 0L; block < columns; block += Warp.WarpSize)
        {
            var i = block + team.Rank;
            var exists = i < columns;
            var (before, next) = WarpScan.Products(exists ? source[i] : T.One, carry);
            if (exists)
                target[i] = before;
            carry = next;
        }
        // The second pass reads what other lanes wrote; shuffles do not order memory.
        Group.Barrier();
        carry = T.One;
        for (var block = 0L; block < columns; block += Warp.WarpSize)
        {
            var i = columns - 1 - block - team.Rank;
            var exists = i >= 0;
            var (behind, next) = WarpScan.Products(exists ? source[i] : T.One, carry);
            if (exists)
                target[i] *= behind;
            carry = next;
        }
    }
}
