using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>A row times a matrix with contiguous rows: memory is the limit, so the matrix is read in order.</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal static unsafe class VectorProduct<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    // So many rows of B are read side by side: C is loaded and stored once for all of them.
    private const int Rows = 8;

    /// <summary>c[j] += Σₖ a[k] · B[k, j], added in order of k.</summary>
    /// <param name="a">A <c>[k]</c>.</param>
    /// <param name="aStride">Elements from one number of A to the next.</param>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="bStride">Elements from one row of B to the next.</param>
    /// <param name="c">C <c>[n]</c>.</param>
    /// <param name="n">The size of C.</param>
    /// <param name="k">The size of A.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(T* a, nint aStride, T* b, nint bStride, T* c, nint n, nint k)
    {
        for (; k >= Rows; k -= Rows)
        {
            TLane f0 = Factor(a, 0, aStride), f1 = Factor(a, 1, aStride), f2 = Factor(a, 2, aStride), f3 = Factor(a, 3, aStride);
            TLane f4 = Factor(a, 4, aStride), f5 = Factor(a, 5, aStride), f6 = Factor(a, 6, aStride), f7 = Factor(a, 7, aStride);
            T* b4 = b + 4 * bStride, end = b + n;
            nint stride2 = 2 * bStride, stride3 = 3 * bStride;
            var target = c;
            var row = b;
            for (; row + TLane.Count <= end; row += TLane.Count, b4 += TLane.Count, target += TLane.Count)
            {
                var sum = TLane.MultiplyAdd(f0, TLane.Load(row), TLane.Load(target));
                sum = TLane.MultiplyAdd(f1, TLane.Load(row + bStride), sum);
                sum = TLane.MultiplyAdd(f2, TLane.Load(row + stride2), sum);
                sum = TLane.MultiplyAdd(f3, TLane.Load(row + stride3), sum);
                sum = TLane.MultiplyAdd(f4, TLane.Load(b4), sum);
                sum = TLane.MultiplyAdd(f5, TLane.Load(b4 + bStride), sum);
                sum = TLane.MultiplyAdd(f6, TLane.Load(b4 + stride2), sum);
                sum = TLane.MultiplyAdd(f7, TLane.Load(b4 + stride3), sum);
                sum.Store(target);
            }
            if (row < end)
                Edge(a, aStride, row, bStride, target, (nint)(end - row), Rows);
            a += Rows * aStride;
            b += Rows * bStride;
        }
        for (nint j = 0; j < n; j += TLane.Count)
            Edge(a, aStride, b + j, bStride, c + j, Math.Min(TLane.Count, n - j), k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Factor(T* a, nint k, nint stride) => TLane.Broadcast(a[k * stride]);

    /// <summary>The same for up to a register of columns and a few rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Edge(T* a, nint aStride, T* b, nint bStride, T* c, nint columns, nint rows)
    {
        var sum = LaneTail.Load<TLane, T>(c, columns, default);
        for (nint k = 0; k < rows; k++)
            sum = TLane.MultiplyAdd(Factor(a, k, aStride), LaneTail.Load<TLane, T>(b + k * bStride, columns, default), sum);
        LaneTail.Store(sum, c, columns);
    }
}
