using System.Globalization;
using System.Numerics;

namespace GpuKeras.Kernels;

/// <summary>The sizes of a computation, rounded so that similar ones share what was measured.</summary>
/// <param name="Layout">A number for what is no size, such as transpositions.</param>
/// <param name="Matrices">How many products.</param>
/// <param name="Rows">The rows of each.</param>
/// <param name="Columns">The columns of each.</param>
/// <param name="Inner">The terms of each sum.</param>
public readonly record struct TuningKey(int Layout, int Matrices, int Rows, int Columns, int Inner)
{
    // Steps between two powers of two: sizes that share a key differ by up to a quarter.
    private const int StepBits = 2;

    /// <summary>The key that exact sizes belong to.</summary>
    public static TuningKey Of(int layout, int matrices, int rows, int columns, int inner) =>
        new(layout, Bucket(matrices), Bucket(rows), Bucket(columns), Bucket(inner));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Matrices}x{Rows}x{Columns}x{Inner}");

    /// <summary>The size rounded up to one of four steps from a power of two to the next.</summary>
    internal static int Bucket(int size)
    {
        if (size <= 1 << StepBits)
            return size;
        var step = 1L << (BitOperations.Log2((uint)(size - 1)) - StepBits);
        return (int)Math.Min(int.MaxValue, (size + step - 1) / step * step);
    }
}
