using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>Who computes what of a product with few rows or columns on a CPU-like device.</summary>
/// <param name="Items">How many items there are.</param>
/// <param name="Parts">How many items share the long lines of a matrix.</param>
/// <param name="LinesPerItem">The long lines of an item.</param>
/// <param name="HasFewRows">Whether it is the rows of C that are few.</param>
internal readonly record struct NarrowWalk(int Items, int Parts, int LinesPerItem, bool HasFewRows)
{
    // Multiplications and additions of an item, against the cost of starting it, and items for each core.
    private const double OperationsPerItem = 1 << 18;
    private const int ItemsPerProcessor = 4;

    /// <summary>Shares the lines out.</summary>
    /// <param name="profile">The device.</param>
    /// <param name="matrices">How many products.</param>
    /// <param name="longs">How many long lines each has.</param>
    /// <param name="shorts">How many short lines.</param>
    /// <param name="inner">k.</param>
    /// <param name="unit">What the lines of an item are a multiple of.</param>
    /// <param name="hasFewRows">Whether it is the rows of C that are few.</param>
    public static NarrowWalk Of(DeviceProfile profile, int matrices, int longs, int shorts, int inner, int unit, bool hasFewRows)
    {
        var units = (longs + unit - 1) / unit;
        var worthwhile = OperationsPerItem / (2.0 * unit * shorts * Math.Max(1, inner));
        var fair = (double)matrices * units / (ItemsPerProcessor * profile.Multiprocessors);
        var lines = unit * (int)Math.Clamp(Math.Min(worthwhile, fair), 1, units);
        var parts = (longs + lines - 1) / lines;
        return new(checked(matrices * parts), parts, lines, hasFewRows);
    }

    /// <summary>The matrix and the long lines of an item.</summary>
    public (int Matrix, int First, int End) Lines(int item, int longs)
    {
        var matrix = item / Parts;
        var first = (item - matrix * Parts) * LinesPerItem;
        return (matrix, first, Math.Min(longs, first + LinesPerItem));
    }

    /// <summary>Hands on the sums of some long lines with up to four short ones.</summary>
    /// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
    /// <typeparam name="T">float.</typeparam>
    /// <param name="stored">The epilogue.</param>
    /// <param name="matrix">Which product.</param>
    /// <param name="line">The first long line, a multiple of four.</param>
    /// <param name="lines">How many.</param>
    /// <param name="other">The first short line, a multiple of four.</param>
    /// <param name="others">How many.</param>
    /// <param name="sums">The sums of each short line, <paramref name="pitch"/> numbers for each.</param>
    /// <param name="pitch">Numbers from one short line to the next.</param>
    /// <remarks>A loop that is not written out: epilogues can be long.</remarks>
    public void Store<TEpilogue, T>(
        TEpilogue stored, int matrix, int line, int lines, int other, int others, ArrayView<float> sums, int pitch)
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var (rows, columns, rowStride, columnStride) = HasFewRows ? (others, lines, pitch, 1) : (lines, others, 1, pitch);
        var (firstRow, firstColumn) = HasFewRows ? (other, line) : (line, other);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column += Quad<T>.Count)
            {
                var (first, count) = (row * rowStride + column * columnStride, Math.Min(Quad<T>.Count, columns - column));
                stored.Store(
                    matrix, firstRow + row, firstColumn + column,
                    new(
                        Number<T>(sums[first]), Number<T>(sums[first + Math.Min(1, count - 1) * columnStride]),
                        Number<T>(sums[first + Math.Min(2, count - 1) * columnStride]),
                        Number<T>(sums[first + Math.Min(3, count - 1) * columnStride])),
                    count);
            }
        }
    }

    private static T Number<T>(float value)
        where T : unmanaged => Unsafe.BitCast<float, T>(value);
}
