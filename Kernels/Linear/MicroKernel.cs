using System.Runtime.CompilerServices;
using static GpuKeras.Kernels.Linear.RowCount;

namespace GpuKeras.Kernels.Linear;

/// <summary>The innermost loop of the matrix product: a tile of C stays in registers while the product runs down k.</summary>
/// <typeparam name="TRow">One row of the tile.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// With 512-bit vectors, 14 rows of two fill 28 of the 32 registers; with 16 registers, 6 rows of two fill 12. Every tile height
/// is one instance of <c>Multiply</c>, in which the rows that it lacks do not exist: a C# loop over an array of rows would keep
/// the tile in memory.
/// </remarks>
internal static unsafe class MicroKernel<TRow, T>
    where TRow : struct, ITileRow<TRow, T>
    where T : unmanaged
{
    /// <summary>The tallest tile there is.</summary>
    public const int MaxRows = 14;

    // Function pointers, so that a tile height is compiled only when it is first used.
    private static readonly delegate*<nint, byte*, nint, nint, T*, nint, T*, nint, T*, nint, void>[] ByRows =
    [
        null,
        &Multiply<R1>, &Multiply<R2>, &Multiply<R3>, &Multiply<R4>, &Multiply<R5>, &Multiply<R6>, &Multiply<R7>,
        &Multiply<R8>, &Multiply<R9>, &Multiply<R10>, &Multiply<R11>, &Multiply<R12>, &Multiply<R13>, &Multiply<R14>,
    ];

    /// <summary>C[i, :] = start[i, :] + Σₖ A[i, k] · B[k, :] for <paramref name="rows"/> rows of one tile width.</summary>
    /// <param name="rows">How many rows, 1 … <see cref="MaxRows"/>.</param>
    /// <param name="depth">How many k; with 0, C is the start.</param>
    /// <param name="a">A's tile; any strides, so that a transposed A is read in place.</param>
    /// <param name="b">B's tile.</param>
    /// <param name="bStride">Elements from one row of B to the next.</param>
    /// <param name="start">Where the sums start: a bias with stride 0, C itself to accumulate, or null for zero.</param>
    /// <param name="startStride">Elements from one row of the start to the next.</param>
    /// <param name="c">The tile of C.</param>
    /// <param name="cStride">Elements from one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        int rows, nint depth, StridedMatrix<T> a, T* b, nint bStride, T* start, nint startStride, T* c, nint cStride) =>
        ByRows[rows](
            depth, (byte*)a.Data, a.RowStride * sizeof(T), a.ColumnStride * sizeof(T), b, bStride, start, startStride, c, cStride);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows>(
        nint depth, byte* a, nint aRow, nint aColumn, T* b, nint bStride, T* start, nint startStride, T* c, nint cStride)
        where TRows : struct, IRowCount
    {
        // Four rows share a base address: base, base + s, base + 2s, base + 3s are all one x86 addressing mode away.
        var aRow3 = 3 * aRow;
        byte* a4 = a + 4 * aRow, a8 = a + 8 * aRow, a12 = a + 12 * aRow;
        TRow c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default;
        TRow c7 = default, c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        if (start != null)
        {
            if (TRows.Value > 0) c0 = TRow.Load(start);
            if (TRows.Value > 1) c1 = TRow.Load(start + startStride);
            if (TRows.Value > 2) c2 = TRow.Load(start + 2 * startStride);
            if (TRows.Value > 3) c3 = TRow.Load(start + 3 * startStride);
            if (TRows.Value > 4) c4 = TRow.Load(start + 4 * startStride);
            if (TRows.Value > 5) c5 = TRow.Load(start + 5 * startStride);
            if (TRows.Value > 6) c6 = TRow.Load(start + 6 * startStride);
            if (TRows.Value > 7) c7 = TRow.Load(start + 7 * startStride);
            if (TRows.Value > 8) c8 = TRow.Load(start + 8 * startStride);
            if (TRows.Value > 9) c9 = TRow.Load(start + 9 * startStride);
            if (TRows.Value > 10) c10 = TRow.Load(start + 10 * startStride);
            if (TRows.Value > 11) c11 = TRow.Load(start + 11 * startStride);
            if (TRows.Value > 12) c12 = TRow.Load(start + 12 * startStride);
            if (TRows.Value > 13) c13 = TRow.Load(start + 13 * startStride);
        }
        for (; depth > 0; depth--)
        {
            var row = TRow.Load(b);
            b += bStride;
            if (TRows.Value > 0) c0 = TRow.MultiplyAdd((T*)a, row, c0);
            if (TRows.Value > 1) c1 = TRow.MultiplyAdd((T*)(a + aRow), row, c1);
            if (TRows.Value > 2) c2 = TRow.MultiplyAdd((T*)(a + 2 * aRow), row, c2);
            if (TRows.Value > 3) c3 = TRow.MultiplyAdd((T*)(a + aRow3), row, c3);
            if (TRows.Value > 4) c4 = TRow.MultiplyAdd((T*)a4, row, c4);
            if (TRows.Value > 5) c5 = TRow.MultiplyAdd((T*)(a4 + aRow), row, c5);
            if (TRows.Value > 6) c6 = TRow.MultiplyAdd((T*)(a4 + 2 * aRow), row, c6);
            if (TRows.Value > 7) c7 = TRow.MultiplyAdd((T*)(a4 + aRow3), row, c7);
            if (TRows.Value > 8) c8 = TRow.MultiplyAdd((T*)a8, row, c8);
            if (TRows.Value > 9) c9 = TRow.MultiplyAdd((T*)(a8 + aRow), row, c9);
            if (TRows.Value > 10) c10 = TRow.MultiplyAdd((T*)(a8 + 2 * aRow), row, c10);
            if (TRows.Value > 11) c11 = TRow.MultiplyAdd((T*)(a8 + aRow3), row, c11);
            if (TRows.Value > 12) c12 = TRow.MultiplyAdd((T*)a12, row, c12);
            if (TRows.Value > 13) c13 = TRow.MultiplyAdd((T*)(a12 + aRow), row, c13);
            a += aColumn;
            if (TRows.Value > 4) a4 += aColumn;
            if (TRows.Value > 8) a8 += aColumn;
            if (TRows.Value > 12) a12 += aColumn;
        }
        if (TRows.Value > 0) c0.Store(c);
        if (TRows.Value > 1) c1.Store(c + cStride);
        if (TRows.Value > 2) c2.Store(c + 2 * cStride);
        if (TRows.Value > 3) c3.Store(c + 3 * cStride);
        if (TRows.Value > 4) c4.Store(c + 4 * cStride);
        if (TRows.Value > 5) c5.Store(c + 5 * cStride);
        if (TRows.Value > 6) c6.Store(c + 6 * cStride);
        if (TRows.Value > 7) c7.Store(c + 7 * cStride);
        if (TRows.Value > 8) c8.Store(c + 8 * cStride);
        if (TRows.Value > 9) c9.Store(c + 9 * cStride);
        if (TRows.Value > 10) c10.Store(c + 10 * cStride);
        if (TRows.Value > 11) c11.Store(c + 11 * cStride);
        if (TRows.Value > 12) c12.Store(c + 12 * cStride);
        if (TRows.Value > 13) c13.Store(c + 13 * cStride);
    }
}
