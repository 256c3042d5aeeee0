using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// The gradient of <see cref="ProductOfOthersKernel{T}"/>: dx[j] = Σ over i ≠ j of u[i] · (the product of all x but x[i] and x[j]).
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// x, u, dx <c>[rows, columns]</c>, dx not the same memory as the others. With P the product of what is before j and
/// A = Σ u[i] · (that product without x[i]), and Q and B likewise behind: dx[j] = A·Q + P·B. Two passes, no division.
/// </remarks>
public readonly unsafe struct ProductOfOthersGradientKernel<T>(ArrayView<T> x, ArrayView<T> u, ArrayView<T> dx, long rows, long columns)
    : IKernel, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> u = u;
    private readonly ArrayView<T> dx = dx;

    /// <inheritdoc/>
    public static string Name => "product_of_others_gradient";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, columns)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        var body = new ProductOfOthersGradientBody<T>(x, u, dx, launcher.Scratch<T>(rows * columns), columns);
        if (launcher.Profile.IsCpuLike)
            launcher.Launch(rows, ProductOfOthersGradientBody<T>.ItemBody, body);
        else
            launcher.Launch(WarpRows.Config(rows), ProductOfOthersGradientBody<T>.WarpBody, new WarpRowArguments<ProductOfOthersGradientBody<T>>(body, rows));
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        var products = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)columns);
        for (var row = start * columns; row < end * columns; row += columns)
        {
            var (product, sum) = (T.One, T.Zero);
            for (var i = 0L; i < columns; i++)
            {
                products[i] = product;
                dx[row + i] = sum;
                sum = sum * x[row + i] + u[row + i] * product;
                product *= x[row + i];
            }
            (product, sum) = (T.One, T.Zero);
            for (var i = columns - 1; i >= 0; i--)
            {
                dx[row + i] = dx[row + i] * product + products[i] * sum;
                sum = sum * x[row + i] + u[row + i] * product;
                product *= x[row + i];
            }
        }
    }
}
