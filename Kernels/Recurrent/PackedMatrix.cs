using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>A matrix <c>[depth, columns]</c> copied once into panels one tile wide, for many products with a few rows each.</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="panels">Memory for depth · <see cref="PaddedColumns"/> elements.</param>
/// <param name="depth">Rows.</param>
/// <param name="columns">Columns.</param>
internal readonly unsafe struct PackedMatrix<TLane, T>(T* panels, nint depth, nint columns)
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    // With 32 columns of float32 a block of a panel is to leave room in the first-level cache for the other operand.
    private const int MaxDepth = 256;

    private readonly T* panels = panels;
    private readonly nint depth = depth;

    /// <summary>The columns rounded up to whole panels; the last ones are zeros.</summary>
    public nint PaddedColumns { get; } = Padded(columns);

    /// <summary>As many columns as whole panels hold.</summary>
    public static nint Padded(nint columns) => (columns + Width - 1) / Width * Width;

    // Sixteen vector registers hold six rows of two; only AVX-512 and its kind have 32.
    private static int TileRows => TLane.Count * sizeof(T) == 64 ? MicroKernel<PairRow<TLane, T>, T>.MaxRows : 6;

    private static int Width => PairRow<TLane, T>.Width;

    /// <summary>Copies <paramref name="b"/> into the panels.</summary>
    public void Fill(StridedMatrix<T> b)
    {
        for (nint first = 0; first < columns; first += Width)
        {
            var panel = panels + first * depth;
            var width = Math.Min(Width, columns - first);
            for (nint k = 0; k < depth; k++)
            {
                for (nint j = 0; j < Width; j++)
                    panel[k * Width + j] = j < width ? b.Data[k * b.RowStride + (first + j) * b.ColumnStride] : default;
            }
        }
    }

    /// <summary>C = start + A · B for some rows of A.</summary>
    /// <param name="a">A <c>[rows, depth]</c>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="start">What the sums start from, <see cref="PaddedColumns"/> wide; C itself to add to it.</param>
    /// <param name="startStride">Elements from one row of the start to the next.</param>
    /// <param name="c">C, <see cref="PaddedColumns"/> wide.</param>
    /// <param name="cStride">Elements from one row of C to the next.</param>
    [SkipLocalsInit]
    public void Multiply(StridedMatrix<T> a, nint rows, T* start, nint startStride, T* c, nint cStride)
    {
        var tiles = (rows + TileRows - 1) / TileRows;
        for (nint column = 0; column < PaddedColumns; column += Width)
        {
            // At least once, so that an empty sum still writes its start.
            for (nint first = 0; first == 0 || first < depth; first += MaxDepth)
            {
                var count = Math.Min(MaxDepth, depth - first);
                var (from, fromStride) = first == 0 ? ((nint)(start + column), startStride) : ((nint)(c + column), cStride);
                // Rows are split evenly, so that no tile is left with too few to keep the multipliers busy.
                nint row = 0;
                for (nint tile = 0; tile < tiles; tile++)
                {
                    var height = (int)(rows / tiles + (tile < rows % tiles ? 1 : 0));
                    MicroKernel<PairRow<TLane, T>, T>.Run(
                        height, count, a.From(row, first), panels + column * depth + first * Width, Width,
                        (T*)from + row * fromStride, fromStride, c + row * cStride + column, cStride);
                    row += height;
                }
            }
        }
    }
}
