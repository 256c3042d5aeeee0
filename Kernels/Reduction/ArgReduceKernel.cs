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
}
