using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Indexing;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static StridedMatrix<T> CopyRows(StridedMatrix<T> a, nint rows, nint columns)
    {
        var stride = columns + RowPadding;
        var copy = HostScratch.Get<T>(HostScratch.Use.BlockA, rows * stride);
        for (nint i = 0; i < rows; i++)
            new ReadOnlySpan<T>(a.Data + i * a.RowStride, (int)columns).CopyTo(new Span<T>(copy + i * stride, (int)columns));
        return new(copy, stride, 1);
    }

    /// <summary>A copy of the transposed matrix: each column of <paramref name="b"/> <c>[depth, columns]</c> becomes a contiguous row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static StridedMatrix<T> CopyColumns(StridedMatrix<T> b, nint depth, nint columns)
    {
        var copy = HostScratch.Get<T>(HostScratch.Use.PanelB, depth * columns);
        for (nint k = 0; k < depth; k++)
        {
            for (nint column = 0; column < columns; column++)
                copy[column * depth + k] = b.Data[k * b.RowStride + column * b.ColumnStride];
        }
        return new(copy, depth, 1);
    }

    /// <summary>Copies of neighbouring whole panels of B, whose rows are contiguous: B is read row by row.</summary>
    /// <param name="b">The panels, side by side.</param>
    /// <param name="depth">Their rows.</param>
    /// <param name="count">How many panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T* PackPanels<TRow>(StridedMatrix<T> b, nint depth, nint count)
        where TRow : struct, ITileRow<TRow, T>
    {
        var size = PanelSize<TRow>(depth);
        var panels = HostScratch.Get<T>(HostScratch.Use.PanelsB, count * size);
        for (nint k = 0; k < depth; k++)
        {
            var source = b.Data + k * b.RowStride;
            var target = panels + k * TRow.Width;
            for (nint panel = 0; panel < count; panel++, source += TRow.Width, target += size)
                TRow.Load(source).Store(target);
        }
        return panels;
    }

    /// <summary>One of the panels that <see cref="PackPanels"/> has copied.</summary>
    public static StridedMatrix<T> Panel<TRow>(T* panels, nint depth, nint index)
        where TRow : struct, ITileRow<TRow, T> => new(panels + index * PanelSize<TRow>(depth), TRow.Width, 1);

    // Not a multiple of a page, or all panels would fall into the same cache sets.
    private static nint PanelSize<TRow>(nint depth)
        where TRow : struct, ITileRow<TRow, T> => (depth + 1) * TRow.Width;

    /// <summary>A copy of a panel of B, exactly one tile wide; missing columns are 0.</summary>
    /// <param name="b">The panel <c>[depth, columns]</c>, of any strides.</param>
    /// <param name="depth">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        if (b.ColumnStride == 1)
        {
            for (nint k = 0; k < depth; k++)
            {
                for (var first = 0; first < width; first += TLane.Count)
                {
                    var valid = Math.Max(0, columns - first);
                    LaneTail.Load<TLane, T>(b.Data + k * b.RowStride + first, valid, default).Store(panel + k * width + first);
                }
            }
            return new(panel, width, 1);
        }
        var column = 0;
        if (typeof(T) == typeof(float) && b.RowStride == 1 && RegisterTranspose.IsSupported)
        {
            for (; column + RegisterTranspose.Side <= columns; column += RegisterTranspose.Side)
                TransposeColumns((float*)(b.Data + column * b.ColumnStride), b.ColumnStride, depth, (float*)panel + column, width);
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

    /// <summary>Eight columns, each contiguous in memory, to eight neighbours in every row of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeColumns(float* source, nint columnStride, nint depth, float* target, nint width)
    {
        nint k = 0;
        for (; k + RegisterTranspose.Side <= depth; k += RegisterTranspose.Side)
            RegisterTranspose.Square(source + k, columnStride, target + k * width, width);
        for (; k < depth; k++)
        {
            for (var column = 0; column < RegisterTranspose.Side; column++)
                target[k * width + column] = source[k + column * columnStride];
        }
    }
}
