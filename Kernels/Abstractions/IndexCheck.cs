using System.Numerics;

namespace GpuKeras.Kernels;

/// <summary>Checks index arrays before a kernel reads or writes through them.</summary>
public static class IndexCheck
{
    /// <summary>Requires 0 ≤ index &lt; <paramref name="limit"/> of every element.</summary>
    /// <typeparam name="TIndex">int32 or int64.</typeparam>
    /// <exception cref="IndexOutOfRangeException">An index lies outside; the message gives its value, its position and the
    /// limit.</exception>
    public static void Require<TIndex>(ArrayView<TIndex> indices, long limit, string what)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var span = indices.Span;
        for (var i = 0; i < span.Length; i++)
        {
            if ((ulong)long.CreateTruncating(span[i]) >= (ulong)limit)
                throw new IndexOutOfRangeException($"{what}: must lie in 0 to {limit - 1} (limit {limit}); got {span[i]} at position {i}.");
        }
    }
}
