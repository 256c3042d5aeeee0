using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Combines the rows of a strided matrix column by column, in the order of <see cref="ReductionOrder"/>.</summary>
/// <typeparam name="TReduction">The combination.</typeparam>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
internal static unsafe class TreeRows<TReduction, TLane, TElement>
    where TReduction : struct, IReduction
    where TLane : struct, ILane<TLane, TElement>
    where TElement : unmanaged
{
    /// <summary>The combination of <paramref name="rows"/> ≥ 1 rows of four registers each.</summary>
    public static LaneQuad<TLane> Quad(TElement* source, long rows, long stride)
    {
        var total = QuadBranch(source, Math.Min(rows, ReductionOrder.BranchRows), stride);
        for (var row = ReductionOrder.BranchRows; row < rows; row += ReductionOrder.BranchRows)
        {
            total = LaneQuad<TLane>.Combine<TReduction>(
                total, QuadBranch(source + row * stride, Math.Min(rows - row, ReductionOrder.BranchRows), stride));
        }
        return total;
    }

    /// <summary>The combination of <paramref name="rows"/> ≥ 1 rows of one register each.</summary>
    public static TLane Single(TElement* source, long rows, long stride)
    {
        var total = SingleBranch(source, Math.Min(rows, ReductionOrder.BranchRows), stride);
        for (var row = ReductionOrder.BranchRows; row < rows; row += ReductionOrder.BranchRows)
            total = TReduction.Combine(total, SingleBranch(source + row * stride, Math.Min(rows - row, ReductionOrder.BranchRows), stride));
        return total;
    }

    private static LaneQuad<TLane> QuadBranch(TElement* source, long rows, long stride)
    {
        var total = QuadLeaf(source, Math.Min(rows, ReductionOrder.LeafRows), stride);
        for (var row = ReductionOrder.LeafRows; row < rows; row += ReductionOrder.LeafRows)
        {
            total = LaneQuad<TLane>.Combine<TReduction>(
                total, QuadLeaf(source + row * stride, Math.Min(rows - row, ReductionOrder.LeafRows), stride));
        }
        return total;
    }

    private static TLane SingleBranch(TElement* source, long rows, long stride)
    {
        var total = SingleLeaf(source, Math.Min(rows, ReductionOrder.LeafRows), stride);
        for (var row = ReductionOrder.LeafRows; row < rows; row += ReductionOrder.LeafRows)
            total = TReduction.Combine(total, SingleLeaf(source + row * stride, Math.Min(rows - row, ReductionOrder.LeafRows), stride));
        return total;
    }

    private static TLane SingleLeaf(TElement* source, long rows, long stride)
    {
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
}
