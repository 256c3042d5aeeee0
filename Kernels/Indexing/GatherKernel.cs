using System.Numerics;
using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Takes slices along an axis: x <c>[outer, axis, inner]</c>, indices <c>[count]</c> → y <c>[outer, count, inner]</c>.</summary>
/// <typeparam name="T">The element type; only its size matters.</typeparam>
/// <typeparam name="TIndex">int32 or int64.</typeparam>
public readonly unsafe struct GatherKernel<T, TIndex>(
    ArrayView<T> x, ArrayView<TIndex> indices, ArrayView<T> y, long outer, long axis, long inner) : IKernel, IRangeBody
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "gather";

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">An index is negative or not below the axis' size.</exception>
    public void RunHost()
    {
        IndexCheck.Require(indices, axis, "gather index");
        HostThreads.For(outer * indices.Length, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, inner)), this);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        var count = indices.Length;
        for (var row = start; row < end; row++)
        {
            var index = long.CreateTruncating(indices[row % count]);
            var from = x.Pointer + (row / count * axis + index) * inner;
            Unsafe.CopyBlockUnaligned(y.Pointer + row * inner, from, checked((uint)(inner * sizeof(T))));
        }
    }
}
