using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels.Linear;

/// <summary>Copies parts of matrices into this thread's scratch memory, in the order in which the micro-kernel reads them.</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal static unsafe class Packing<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    // Keeps the rows of the copy from starting in the same cache set.
    private const int RowPadding = 16;

    /// <summary>A row-major copy whose rows lie close together.</summary>
    public static StridedMatrix<T> CopyRows(StridedMatrix<T> a, nint rows, nint columns)
    {
        var stride = columns + RowPadding;
        var copy = HostScratch.Get<T>(HostScratch.Use.BlockA, rows * stride);
        for (nint i = 0; i < rows; i++)
            new ReadOnlySpan<T>(a.Data + i * a.RowStride, (int)columns).CopyTo(new Span<T>(copy + i * stride, (int)columns));
        return new(copy, stride, 1);
    }

    /// <summary>A copy of a panel of B, exactly one tile wide; missing columns are 0.</summary>
    /// <param name="b">The panel <c>[depth, columns]</c>, of any strides.</param>
    /// <param name="depth">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    [SkipLocalsInit]
    public static StridedMatrix<T> PackPanel<TRow>(StridedMatrix<T> b, nint depth, int columns)
        where TRow : struct, ITileRow<TRow, T>
    {
        var width = TRow.Width;
        var panel = HostScratch.Get<T>(HostScratch.Use.PanelB, depth * width);
        if (b.ColumnStride == 1 && columns == width)
        {
            for (nint k = 0; k < depth; k++)
                TRow.Load(b.Data + k * b.RowStride).Store(panel + k * width);
            return new(panel, width, 1);
        }
        var column = 0;
        if (typeof(T) == typeof(float) && b.RowStride == 1 && Sse.IsSupported)
        {
            for (; column + 4 <= columns; column += 4)
                TransposeFourColumns((float*)(b.Data + column * b.ColumnStride), b.ColumnStride, depth, (float*)panel + column, width);
        }
        for (; column < columns; column++)
        {
            for (nint k = 0; k < depth; k++)
                panel[k * width + column] = b.Data[k * b.RowStride + column * b.ColumnStride];
        }
        for (; column < width; column++)
        {
            for (nint k = 0; k < depth; k++)
                panel[k * width + column] = default;
        }
        return new(panel, width, 1);
    }

    /// <summary>Four columns, each contiguous in memory, to four neighbours in every row of the panel.</summary>
    private static void TransposeFourColumns(float* source, nint columnStride, nint depth, float* target, nint width)
    {
        nint k = 0;
        for (; k + 4 <= depth; k += 4)
        {
            var c0 = Vector128.Load(source + k);
            var c1 = Vector128.Load(source + k + columnStride);
            var c2 = Vector128.Load(source + k + 2 * columnStride);
            var c3 = Vector128.Load(source + k + 3 * columnStride);
            var low01 = Sse.UnpackLow(c0, c1);
            var high01 = Sse.UnpackHigh(c0, c1);
            var low23 = Sse.UnpackLow(c2, c3);
            var high23 = Sse.UnpackHigh(c2, c3);
            Sse.MoveLowToHigh(low01, low23).Store(target + k * width);
            Sse.MoveHighToLow(low23, low01).Store(target + (k + 1) * width);
            Sse.MoveLowToHigh(high01, high23).Store(target + (k + 2) * width);
            Sse.MoveHighToLow(high23, high01).Store(target + (k + 3) * width);
        }
        for (; k < depth; k++)
        {
            for (var column = 0; column < 4; column++)
                target[k * width + column] = source[k + column * columnStride];
        }
    }
}
