using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>The device body of <see cref="ProductOfOthersGradientKernel{T}"/>: the same two passes over each row.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly struct ProductOfOthersGradientBody<T>(
    ArrayView<T> x, ArrayView<T> u, ArrayView<T> dx, ArrayView<T> products, long columns)
    where T : unmanaged, INumberBase<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> u = u;
    private readonly ArrayView<T> dx = dx;
    private readonly ArrayView<T> products = products;
    private readonly long columns = columns;

    /// <summary>One item for each row.</summary>
    public static void ItemBody(Index1D row, ProductOfOthersGradientBody<T> body) => body.Row(row * body.columns);

    /// <summary>One warp for each row.</summary>
    public static void WarpBody(WarpRowArguments<ProductOfOthersGradientBody<T>> rows) =>
        rows.Step.Row(rows.Team, rows.Row * rows.Step.columns);

    private void Row(long row)
    {
        var (product, sum) = (T.One, T.Zero);
        for (var i = row; i < row + columns; i++)
        {
            products[i] = product;
            dx[i] = sum;
            (product, sum) = (product * x[i], sum * x[i] + u[i] * product);
        }
        (product, sum) = (T.One, T.Zero);
        for (var i = row + columns - 1; i >= row; i--)
        {
            dx[i] = dx[i] * product + products[i] * sum;
            (product, sum) = (product * x[i], sum * x[i] + u[i] * product);
        }
    }

    // A warp takes 32 elements at a time, and what comes before (then behind) them from the turn before.
    private void Row(WarpTeam team, long row)
    {
        var carry = (Product: T.One, Sum: T.Zero);
        for (var block = 0L; block < columns; block += Warp.WarpSize)
        {
            var (i, exists) = (row + block + team.Rank, block + team.Rank < columns);
            var (before, next) = WarpScan.Sums(exists ? x[i] : T.One, exists ? u[i] : T.Zero, carry);
            if (exists)
                (products[i], dx[i]) = before;
            carry = next;
        }
        // The second pass reads what other lanes wrote; shuffles do not order memory.
        Group.Barrier();
        carry = (T.One, T.Zero);
        for (var block = 0L; block < columns; block += Warp.WarpSize)
        {
            var place = columns - 1 - block - team.Rank;
            var (i, exists) = (row + place, place >= 0);
            var (behind, next) = WarpScan.Sums(exists ? x[i] : T.One, exists ? u[i] : T.Zero, carry);
            if (exists)
                dx[i] = dx[i] * behind.Product + products[i] * behind.Sum;
            carry = next;
        }
    }
}
