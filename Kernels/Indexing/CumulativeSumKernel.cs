using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Running sums along the middle axis: x, y <c>[outer, axis, inner]</c>; not the same memory.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>Exclusive: an element's own value is left out, so the first sum is 0. Reverse: the sums run from the end.</remarks>
public readonly unsafe struct CumulativeSumKernel<T>(
    ArrayView<T> x, ArrayView<T> y, long outer, long axis, long inner, bool exclusive, bool reverse) : IKernel, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "cumulative_sum";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(outer, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, axis * inner)), this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        if (axis == 0)
            return;
        for (var block = start; block < end; block++)
        {
            var first = block * axis + (reverse ? axis - 1 : 0);
            for (var column = 0L; column < inner; column++)
                Line(x.Pointer + first * inner + column, y.Pointer + first * inner + column, reverse ? -inner : inner);
        }
    }

    private void Line(T* source, T* target, long stride)
    {
        var sum = T.Zero;
        for (var i = 0L; i < axis; i++)
        {
            var next = sum + source[i * stride];
            target[i * stride] = exclusive ? sum : next;
            sum = next;
        }
    }
}
