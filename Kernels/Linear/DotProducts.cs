using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Reduction;
using static GpuKeras.Kernels.Linear.RowCount;

namespace GpuKeras.Kernels.Linear;

/// <summary>The matrix product of one thread where a side of C is short: each element is a dot product of two contiguous lines.</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="TScalar">One scalar.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// With few columns a tile of C fills no register, but a stretch of k does. A matrix-vector product then reads A once at the
/// speed of memory. Four rows and up to four columns of C share their loads.
/// </remarks>
internal static unsafe class DotProducts<TLane, TScalar, T>
    where TLane : struct, ILane<TLane, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    private const int Rows = 4;
    private const int MaxGroup = 4;

    // One entry for each number of columns in a group.
    private static readonly delegate*<T**, T*, nint, nint, T*, void>[] ByColumns = [null, &Tile<R1>, &Tile<R2>, &Tile<R3>, &Tile<R4>];

    /// <summary>C[i, j] = f(start + Σₖ A[i, k] · B[j, k]) for <paramref name="m"/> rows i and <paramref name="n"/> columns j.</summary>
    /// <param name="a">A <c>[m, k]</c> with contiguous rows.</param>
    /// <param name="b">B <c>[n, k]</c> with contiguous rows.</param>
    /// <param name="c">C <c>[m, n]</c> of any strides.</param>
    /// <param name="m">Rows of A and of C.</param>
    /// <param name="n">Rows of B and columns of C.</param>
    /// <param name="k">The length of the lines.</param>
    /// <param name="bias">The element (i, j) to start from; or null for zero.</param>
    /// <param name="accumulate">Whether to add to C's old value; the bias must then be null.</param>
    /// <param name="activation">f.</param>
    /// <param name="argument">Where to leave f's argument, with C's strides; or null.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TActivation>(
        StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c, nint m, nint n, nint k, StridedMatrix<T> bias, bool accumulate,
        TActivation activation, T* argument = null)
        where TActivation : struct, IUnaryFunction
    {
        var rows = stackalloc T*[Rows];
        var sums = stackalloc T[Rows * MaxGroup];
        var whole = k - k % TLane.Count;
        for (nint i = 0; i < m; i += Rows)
        {
            // Past the last row the last one is computed again and not stored.
            for (nint row = 0; row < Rows; row++)
                rows[row] = a.Data + Math.Min(i + row, m - 1) * a.RowStride;
            for (nint j = 0; j < n; j += MaxGroup)
            {
                var columns = (int)Math.Min(MaxGroup, n - j);
                ByColumns[columns](rows, b.Data + j * b.RowStride, b.RowStride, whole, sums);
                for (nint row = 0; row < Math.Min(Rows, m - i); row++)
                {
                    for (nint column = 0; column < columns; column++)
                    {
                        var target = c.From(i + row, j + column).Data;
                        var sum = TScalar.Load(sums + row * MaxGroup + column);
                        var line = b.From(j + column, 0).Data;
                        for (var p = whole; p < k; p++)
                            sum = TScalar.MultiplyAdd(TScalar.Load(rows[row] + p), TScalar.Load(line + p), sum);
                        if (accumulate)
                            sum += TScalar.Load(target);
                        else if (bias.Data != null)
                            sum += TScalar.Load(bias.From(i + row, j + column).Data);
                        sum.Store(target);
                        if (argument != null)
                            argument[target - c.Data] = *target;
                        // The function needs the lane type that the rest of the product uses: exponentials differ in the last bit.
                        if (typeof(TActivation) != typeof(Identity))
                            LaneTail.Store(activation.Value(LaneTail.Load<TLane, T>(target, 1, default)), target, 1);
                    }
                }
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TColumns>(T** rows, T* b, nint bStride, nint k, T* sums)
        where TColumns : struct, IRowCount
    {
        T* a0 = rows[0], a1 = rows[1], a2 = rows[2], a3 = rows[3], b1 = b + bStride, b2 = b1 + bStride, b3 = b2 + bStride;
        TLane s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        TLane s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
        nint i = 0;
        for (; i + TLane.Count <= k; i += TLane.Count)
        {
            TLane x0 = TLane.Load(a0 + i), x1 = TLane.Load(a1 + i), x2 = TLane.Load(a2 + i), x3 = TLane.Load(a3 + i);
            var y = TLane.Load(b + i);
            s00 = TLane.MultiplyAdd(x0, y, s00);
            s10 = TLane.MultiplyAdd(x1, y, s10);
            s20 = TLane.MultiplyAdd(x2, y, s20);
            s30 = TLane.MultiplyAdd(x3, y, s30);
            if (TColumns.Value > 1)
            {
                y = TLane.Load(b1 + i);
                s01 = TLane.MultiplyAdd(x0, y, s01);
                s11 = TLane.MultiplyAdd(x1, y, s11);
                s21 = TLane.MultiplyAdd(x2, y, s21);
                s31 = TLane.MultiplyAdd(x3, y, s31);
            }
            if (TColumns.Value > 2)
            {
                y = TLane.Load(b2 + i);
                s02 = TLane.MultiplyAdd(x0, y, s02);
                s12 = TLane.MultiplyAdd(x1, y, s12);
                s22 = TLane.MultiplyAdd(x2, y, s22);
                s32 = TLane.MultiplyAdd(x3, y, s32);
            }
            if (TColumns.Value > 3)
            {
                y = TLane.Load(b3 + i);
                s03 = TLane.MultiplyAdd(x0, y, s03);
                s13 = TLane.MultiplyAdd(x1, y, s13);
                s23 = TLane.MultiplyAdd(x2, y, s23);
                s33 = TLane.MultiplyAdd(x3, y, s33);
            }
        }
        Sum<TColumns>(s00, s01, s02, s03, sums);
        Sum<TColumns>(s10, s11, s12, s13, sums + MaxGroup);
        Sum<TColumns>(s20, s21, s22, s23, sums + 2 * MaxGroup);
        Sum<TColumns>(s30, s31, s32, s33, sums + 3 * MaxGroup);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<TColumns>(TLane s0, TLane s1, TLane s2, TLane s3, T* sums)
        where TColumns : struct, IRowCount
    {
        RowMath<TLane, TScalar, T>.SumLanes(s0).Store(sums);
        if (TColumns.Value > 1) RowMath<TLane, TScalar, T>.SumLanes(s1).Store(sums + 1);
        if (TColumns.Value > 2) RowMath<TLane, TScalar, T>.SumLanes(s2).Store(sums + 2);
        if (TColumns.Value > 3) RowMath<TLane, TScalar, T>.SumLanes(s3).Store(sums + 3);
    }
}
