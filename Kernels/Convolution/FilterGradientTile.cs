using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Linear;
using static GpuKeras.Kernels.Linear.RowCount;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The innermost loop of a filter's gradient: a tile of it stays in registers while output pixels pass by.</summary>
/// <typeparam name="TRow">One row of the tile: a few output channels.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// It is the micro-kernel of a product whose left matrix lies transposed in memory and, for each row of output pixels, somewhere
/// else: entries of one column are neighbours in an input row. Every tile height is one instance, as in
/// <see cref="MicroKernel{TRow, T}"/>.
/// </remarks>
internal static unsafe class FilterGradientTile<TRow, T>
    where TRow : struct, ITileRow<TRow, T>
    where T : unmanaged
{
    /// <summary>The tallest tile there is.</summary>
    public const int MaxRows = 14;

    // Function pointers, so that a tile height is compiled only when it is first used.
    private static readonly delegate*<T**, nint, nint, nint, nint, T*, nint, T*, nint, T*, nint, void>[] ByRows =
    [
        null,
        &Add<R1>, &Add<R2>, &Add<R3>, &Add<R4>, &Add<R5>, &Add<R6>, &Add<R7>,
        &Add<R8>, &Add<R9>, &Add<R10>, &Add<R11>, &Add<R12>, &Add<R13>, &Add<R14>,
    ];

    /// <summary>c[i, :] = start[i, :] + Σ over pixels of x[pixel, i] · dy[pixel, :], for one tile width. The sum is added as a whole.</summary>
    /// <param name="height">How many entries i, 1 … <see cref="MaxRows"/>.</param>
    /// <param name="inputs">For each row of output pixels, the input that its first pixel sees.</param>
    /// <param name="rows">How many rows of output pixels.</param>
    /// <param name="offset">From the elements of <paramref name="inputs"/> to the tile's first entry.</param>
    /// <param name="columns">Output pixels of a row.</param>
    /// <param name="step">Input elements from one output pixel to the next.</param>
    /// <param name="dy">The output's gradient, the pixels of all rows one behind the other.</param>
    /// <param name="dyStep">Elements of it from one pixel to the next.</param>
    /// <param name="start">What the sums are added to: zeros with stride 0, or c itself.</param>
    /// <param name="startStride">Elements from one row of the start to the next.</param>
    /// <param name="c">The tile.</param>
    /// <param name="cStride">Elements from one row of the tile to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        int height, T** inputs, nint rows, nint offset, nint columns, nint step, T* dy, nint dyStep, T* start, nint startStride,
        T* c, nint cStride) =>
        ByRows[height](inputs, rows, offset, columns, step, dy, dyStep, start, startStride, c, cStride);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TRows>(
        T** inputs, nint rows, nint offset, nint columns, nint step, T* dy, nint dyStep, T* start, nint startStride, T* c, nint cStride)
        where TRows : struct, IRowCount
    {
        TRow c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default;
        TRow c7 = default, c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        for (nint row = 0; row < rows; row++)
        {
            var x = inputs[row] + offset;
            for (var column = columns; column > 0; column--)
            {
                var gradient = TRow.Load(dy);
                dy += dyStep;
                if (TRows.Value > 0) c0 = TRow.MultiplyAdd(x, gradient, c0);
                if (TRows.Value > 1) c1 = TRow.MultiplyAdd(x + 1, gradient, c1);
                if (TRows.Value > 2) c2 = TRow.MultiplyAdd(x + 2, gradient, c2);
                if (TRows.Value > 3) c3 = TRow.MultiplyAdd(x + 3, gradient, c3);
                if (TRows.Value > 4) c4 = TRow.MultiplyAdd(x + 4, gradient, c4);
                if (TRows.Value > 5) c5 = TRow.MultiplyAdd(x + 5, gradient, c5);
                if (TRows.Value > 6) c6 = TRow.MultiplyAdd(x + 6, gradient, c6);
                if (TRows.Value > 7) c7 = TRow.MultiplyAdd(x + 7, gradient, c7);
                if (TRows.Value > 8) c8 = TRow.MultiplyAdd(x + 8, gradient, c8);
                if (TRows.Value > 9) c9 = TRow.MultiplyAdd(x + 9, gradient, c9);
                if (TRows.Value > 10) c10 = TRow.MultiplyAdd(x + 10, gradient, c10);
                if (TRows.Value > 11) c11 = TRow.MultiplyAdd(x + 11, gradient, c11);
                if (TRows.Value > 12) c12 = TRow.MultiplyAdd(x + 12, gradient, c12);
                if (TRows.Value > 13) c13 = TRow.MultiplyAdd(x + 13, gradient, c13);
                x += step;
            }
        }
        if (TRows.Value > 0) TRow.Add(TRow.Load(start), c0).Store(c);
        if (TRows.Value > 1) TRow.Add(TRow.Load(start + startStride), c1).Store(c + cStride);
        if (TRows.Value > 2) TRow.Add(TRow.Load(start + 2 * startStride), c2).Store(c + 2 * cStride);
        if (TRows.Value > 3) TRow.Add(TRow.Load(start + 3 * startStride), c3).Store(c + 3 * cStride);
        if (TRows.Value > 4) TRow.Add(TRow.Load(start + 4 * startStride), c4).Store(c + 4 * cStride);
        if (TRows.Value > 5) TRow.Add(TRow.Load(start + 5 * startStride), c5).Store(c + 5 * cStride);
        if (TRows.Value > 6) TRow.Add(TRow.Load(start + 6 * startStride), c6).Store(c + 6 * cStride);
        if (TRows.Value > 7) TRow.Add(TRow.Load(start + 7 * startStride), c7).Store(c + 7 * cStride);
        if (TRows.Value > 8) TRow.Add(TRow.Load(start + 8 * startStride), c8).Store(c + 8 * cStride);
        if (TRows.Value > 9) TRow.Add(TRow.Load(start + 9 * startStride), c9).Store(c + 9 * cStride);
        if (TRows.Value > 10) TRow.Add(TRow.Load(start + 10 * startStride), c10).Store(c + 10 * cStride);
        if (TRows.Value > 11) TRow.Add(TRow.Load(start + 11 * startStride), c11).Store(c + 11 * cStride);
        if (TRows.Value > 12) TRow.Add(TRow.Load(start + 12 * startStride), c12).Store(c + 12 * cStride);
        if (TRows.Value > 13) TRow.Add(TRow.Load(start + 13 * startStride), c13).Store(c + 13 * cStride);
    }
}
