using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Adds slices along an axis, the gradient of gather: y[o, indices[c], i] += u[o, c, i].</summary>
/// <typeparam name="T">float32, float64, int32 or int64.</typeparam>
/// <typeparam name="TIndex">int32 or int64.</typeparam>
/// <remarks>
/// u <c>[outer, count, inner]</c>, indices <c>[count]</c>, y <c>[outer, axis, inner]</c>. Each thread owns a range of y's rows and adds
/// in the order of the indices, so the result is the same for any number of threads.
/// </remarks>
public readonly unsafe struct ScatterAddKernel<T, TIndex>(
    ArrayView<T> y, ArrayView<TIndex> indices, ArrayView<T> updates, long outer, long axis, long inner) : IKernel, IRangeBody, ILaneBody
    where T : unmanaged, INumberBase<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> updates = updates;

    /// <inheritdoc/>
    public static string Name => "scatter_add";

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">An index is negative or not below the axis' size.</exception>
    public void RunHost()
    {
        IndexCheck.Require(indices, axis, "scatter index");
        var rows = outer * axis;
        var updatesPerRow = Math.Max(1, updates.Length / Math.Max(1, rows));
        HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / updatesPerRow), this);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        IndexCheck.RequireOnDevice(launcher, indices, axis, "scatter index");
        new IndexedSum<T, TIndex>(y, indices, updates, (int)axis, indices.IntLength, (int)inner, sharesIndices: true).Launch(launcher);
    }

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, ScatterAddKernel<T, TIndex>>(this, start, end);

    /// <inheritdoc/>
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (firstBlock, lastBlock, count) = (start / axis, (end - 1) / axis, indices.Length);
        for (var block = firstBlock; block <= lastBlock; block++)
        {
            var (low, high) = (Math.Max(start - block * axis, 0), Math.Min(end - block * axis, axis));
            for (var c = 0L; c < count; c++)
            {
                var index = long.CreateTruncating(indices[c]);
                if (index >= low && index < high)
                {
                    HostRow<TLane, TScalar, TElement>.Add(
                        (TElement*)y.Pointer + (block * axis + index) * inner,
                        (TElement*)updates.Pointer + (block * count + c) * inner,
                        (nint)inner);
                }
            }
        }
    }
}
