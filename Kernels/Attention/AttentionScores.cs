using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>The scores of a block of queries: scale · q · kᵀ, −∞ where the mask hides a value.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct AttentionScores<T>(
    ArrayView<T> query, ArrayView<T> key, AttentionMask<T> mask, AttentionSizes sizes, double scale)
    where T : unmanaged
{
    private readonly ArrayView<T> query = query;
    private readonly ArrayView<T> key = key;
    private readonly AttentionMask<T> mask = mask;
    private readonly AttentionSizes sizes = sizes;

    /// <summary>How many values the queries of a block see at most; scores beyond them are not computed.</summary>
    public int Width(in AttentionBlock block) => mask.Reach(block.First + block.Rows, sizes.Values);

    /// <summary>q · kᵀ, <c>[rows, values]</c>.</summary>
    public void Multiply<TLane, TElement>(in AttentionBlock block, TElement* scores)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var rows = new StridedMatrix<TElement>((TElement*)query.Pointer + block.QueryOffset(sizes, sizes.KeyDim), sizes.KeyStride, 1);
        var keys = new StridedMatrix<TElement>((TElement*)key.Pointer + block.ValueOffset(sizes, sizes.KeyDim), 1, sizes.KeyStride);
        MatrixProduct<TLane, TElement>.Multiply(
            rows, keys, scores, sizes.Values, block.Rows, Width(block), sizes.KeyDim, null, false, default(Identity));
    }

    /// <summary>Scales and masks one row in place; what the query cannot reach is left as it is.</summary>
    /// <param name="block">The block of queries.</param>
    /// <param name="row">The query within the block.</param>
    /// <param name="scores">The row.</param>
    /// <param name="max">The largest score; −∞ of none.</param>
    /// <returns>How many values the query reaches.</returns>
    public int Prepare<TLane, TScalar, TElement>(in AttentionBlock block, int row, TElement* scores, out TScalar max)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var reach = mask.Reach(block.First + row + 1, sizes.Values);
        var entries = (TElement*)mask.Row(block, row, ref reach);
        max = ScaleAndMask<TLane, TScalar, TElement>(scores, entries, reach, TScalar.Create(scale));
        return reach;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TScalar ScaleAndMask<TLane, TScalar, TElement>(TElement* scores, TElement* entries, long count, TScalar scale)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (zero, hidden) = (TLane.Create(0), TLane.Create(double.NegativeInfinity));
        var scales = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var (max, second, i) = (hidden, hidden, 0L);
        for (; i + 2 * TLane.Count <= count; i += 2 * TLane.Count)
        {
            var (a, b) = (TLane.Load(scores + i) * scales, TLane.Load(scores + i + TLane.Count) * scales);
            if (entries != null)
            {
                a = TLane.WhereEqual(TLane.Load(entries + i), zero, hidden, a);
                b = TLane.WhereEqual(TLane.Load(entries + i + TLane.Count), zero, hidden, b);
            }
            a.Store(scores + i);
            b.Store(scores + i + TLane.Count);
            max = LargestNumber.Combine(max, a);
            second = LargestNumber.Combine(second, b);
        }
        for (; i < count; i += TLane.Count)
        {
            var a = RowMath<TLane, TScalar, TElement>.LoadTail(scores + i, count - i, 0) * scales;
            if (entries != null)
                a = TLane.WhereEqual(RowMath<TLane, TScalar, TElement>.LoadTail(entries + i, count - i, 0), zero, hidden, a);
            LaneTail.Store(a, scores + i, count - i);
            max = LargestNumber.Combine(
                max, RowMath<TLane, TScalar, TElement>.LoadTail(scores + i, count - i, double.NegativeInfinity));
        }
        return RowMath<TLane, TScalar, TElement>.Across<LargestNumber>(LargestNumber.Combine(max, second));
    }
}
