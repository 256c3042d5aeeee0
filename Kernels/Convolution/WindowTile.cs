using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Linear;
using static GpuKeras.Kernels.Linear.RowCount;

namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// The innermost loop of the direct convolution: the sums of up to 14 pixels stay in registers while the product runs through
/// their windows.
/// </summary>
/// <typeparam name="TRow">The output channels of one pixel that the tile holds.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// This is the matrix product's loop with the sum over k in three: the windows of neighbouring pixels overlap in memory, and each
/// is a few contiguous runs. Every number of pixels is one instance of <c>Multiply</c>.
/// </remarks>
internal static unsafe class WindowTile<TRow, T>
    where TRow : struct, ITileRow<TRow, T>
    where T : unmanaged
{
    /// <summary>The most pixels of a tile.</summary>
    public const int MaxPixels = 14;

    // Function pointers, so that a number of pixels is compiled only when it is first used.
    private static readonly delegate*<in WindowTaps, T*, nint, T*, T*, T*, nint, void>[] ByPixels =
    [
        null,
        &Multiply<R1>, &Multiply<R2>, &Multiply<R3>, &Multiply<R4>, &Multiply<R5>, &Multiply<R6>, &Multiply<R7>,
        &Multiply<R8>, &Multiply<R9>, &Multiply<R10>, &Multiply<R11>, &Multiply<R12>, &Multiply<R13>, &Multiply<R14>,
    ];

    /// <summary>y[i, :] = start + Σ over the window of pixel i of x · panel row.</summary>
    /// <param name="pixels">How many pixels, 1 … <see cref="MaxPixels"/>.</param>
    /// <param name="taps">The window; without taps, y is the start.</param>
    /// <param name="x">The first input of the first pixel's window.</param>
    /// <param name="xStep">Elements from one pixel's window to the next pixel's.</param>
    /// <param name="panel">The panel's row for the first tap.</param>
    /// <param name="start">What the sums of every pixel start from.</param>
    /// <param name="y">The first pixel's sums.</param>
    /// <param name="yStep">Elements from one pixel's sums to the next pixel's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int pixels, in WindowTaps taps, T* x, nint xStep, T* panel, T* start, T* y, nint yStep) =>
        ByPixels[pixels](taps, x, xStep, panel, start, y, yStep);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TPixels>(in WindowTaps taps, T* x, nint xStep, T* panel, T* start, T* y, nint yStep)
        where TPixels : struct, IRowCount
    {
        // Four pixels share a base address: base, base + s, base + 2s, base + 3s are all one x86 addressing mode away.
        var step = xStep * sizeof(T);
        var step3 = 3 * step;
        var row = (byte*)x;
        var y0 = TRow.Load(start);
        TRow y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0;
        TRow y7 = y0, y8 = y0, y9 = y0, y10 = y0, y11 = y0, y12 = y0, y13 = y0;
        var (depth, columns) = (taps.Depth, taps.Columns);
        var columnGap = (taps.InputColumn - depth) * sizeof(T);
        var panelGap = (taps.PanelRow - columns * depth) * TRow.Width;
        for (var rows = taps.Rows; rows > 0; rows--)
        {
            byte* x0 = row, x4 = row + 4 * step, x8 = row + 8 * step, x12 = row + 12 * step;
            for (var column = columns; column > 0; column--)
            {
                for (var k = depth; k > 0; k--)
                {
                    var weights = TRow.Load(panel);
                    panel += TRow.Width;
                    y0 = TRow.MultiplyAdd((T*)x0, weights, y0);
                    if (TPixels.Value > 1) y1 = TRow.MultiplyAdd((T*)(x0 + step), weights, y1);
                    if (TPixels.Value > 2) y2 = TRow.MultiplyAdd((T*)(x0 + 2 * step), weights, y2);
                    if (TPixels.Value > 3) y3 = TRow.MultiplyAdd((T*)(x0 + step3), weights, y3);
                    if (TPixels.Value > 4) y4 = TRow.MultiplyAdd((T*)x4, weights, y4);
                    if (TPixels.Value > 5) y5 = TRow.MultiplyAdd((T*)(x4 + step), weights, y5);
                    if (TPixels.Value > 6) y6 = TRow.MultiplyAdd((T*)(x4 + 2 * step), weights, y6);
                    if (TPixels.Value > 7) y7 = TRow.MultiplyAdd((T*)(x4 + step3), weights, y7);
                    if (TPixels.Value > 8) y8 = TRow.MultiplyAdd((T*)x8, weights, y8);
                    if (TPixels.Value > 9) y9 = TRow.MultiplyAdd((T*)(x8 + step), weights, y9);
                    if (TPixels.Value > 10) y10 = TRow.MultiplyAdd((T*)(x8 + 2 * step), weights, y10);
                    if (TPixels.Value > 11) y11 = TRow.MultiplyAdd((T*)(x8 + step3), weights, y11);
                    if (TPixels.Value > 12) y12 = TRow.MultiplyAdd((T*)x12, weights, y12);
                    if (TPixels.Value > 13) y13 = TRow.MultiplyAdd((T*)(x12 + step), weights, y13);
                    x0 += sizeof(T);
                    if (TPixels.Value > 4) x4 += sizeof(T);
                    if (TPixels.Value > 8) x8 += sizeof(T);
                    if (TPixels.Value > 12) x12 += sizeof(T);
                }
                x0 += columnGap;
                if (TPixels.Value > 4) x4 += columnGap;
                if (TPixels.Value > 8) x8 += columnGap;
                if (TPixels.Value > 12) x12 += columnGap;
            }
            row += taps.InputRow * sizeof(T);
            panel += panelGap;
        }
        y0.Store(y);
        if (TPixels.Value > 1) y1.Store(y + yStep);
        if (TPixels.Value > 2) y2.Store(y + 2 * yStep);
        if (TPixels.Value > 3) y3.Store(y + 3 * yStep);
        if (TPixels.Value > 4) y4.Store(y + 4 * yStep);
        if (TPixels.Value > 5) y5.Store(y + 5 * yStep);
        if (TPixels.Value > 6) y6.Store(y + 6 * yStep);
        if (TPixels.Value > 7) y7.Store(y + 7 * yStep);
        if (TPixels.Value > 8) y8.Store(y + 8 * yStep);
        if (TPixels.Value > 9) y9.Store(y + 9 * yStep);
        if (TPixels.Value > 10) y10.Store(y + 10 * yStep);
        if (TPixels.Value > 11) y11.Store(y + 11 * yStep);
        if (TPixels.Value > 12) y12.Store(y + 12 * yStep);
        if (TPixels.Value > 13) y13.Store(y + 13 * yStep);
    }
}
