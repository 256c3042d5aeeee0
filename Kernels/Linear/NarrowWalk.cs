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

    /// <summary>Four sums.</summary>
    /// <typeparam name="T">float.</typeparam>
    public static Quad<T> Quad<T>(float x, float y, float z, float w)
        where T : unmanaged => new(
            Unsafe.BitCast<float, T>(x), Unsafe.BitCast<float, T>(y), Unsafe.BitCast<float, T>(z), Unsafe.BitCast<float, T>(w));
}
