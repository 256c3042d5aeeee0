using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// Combines the rows of a strided matrix column by column, in a tree: rounding grows with log n instead of n (Higham 1993).
/// </summary>
/// <typeparam name="TReduction">The combination.</typeparam>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
internal static unsafe class PairwiseRows<TReduction, TLane, TElement>
    where TReduction : struct, IReduction
    where TLane : struct, ILane<TLane, TElement>
    where TElement : unmanaged
{
    private const long LeafRows = 32;

    /// <summary>The combination of <paramref name="rows"/> ≥ 1 rows of four registers each.</summary>
    public static LaneQuad<TLane> Quad(TElement* source, long rows, long stride)
    {
        if (rows > LeafRows)
        {
            var half = Half(rows);
            return LaneQuad<TLane>.Combine<TReduction>(Quad(source, half, stride), Quad(source + half * stride, rows - half, stride));
        }
        return QuadLeaf(source, rows, stride);
    }

    /// <summary>The combination of <paramref name="rows"/> ≥ 1 rows of one register each.</summary>
    public static TLane Single(TElement* source, long rows, long stride)
    {
        if (rows > LeafRows)
        {
            var half = Half(rows);
            return TReduction.Combine(Single(source, half, stride), Single(source + half * stride, rows - half, stride));
        }
        var total = TLane.Load(source);
        for (var row = 1L; row < rows; row++)
            total = TReduction.Combine(total, TLane.Load(source + row * stride));
        return total;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static LaneQuad<TLane> QuadLeaf(TElement* source, long rows, long stride)
    {
        var count = TLane.Count;
        var (a, b) = (TLane.Load(source), TLane.Load(source + count));
        var (c, d) = (TLane.Load(source + 2 * count), TLane.Load(source + 3 * count));
        for (var row = 1L; row < rows; row++)
        {
            source += stride;
            a = TReduction.Combine(a, TLane.Load(source));
            b = TReduction.Combine(b, TLane.Load(source + count));
            c = TReduction.Combine(c, TLane.Load(source + 2 * count));
            d = TReduction.Combine(d, TLane.Load(source + 3 * count));
        }
        return new(a, b, c, d);
    }

    // Whole leaves on the left: the tree depends on the number of rows alone.
    private static long Half(long rows) => (rows / LeafRows + 1) / 2 * LeafRows;
}
