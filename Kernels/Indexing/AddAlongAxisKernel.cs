using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>The gradient of <see cref="TakeAlongAxisKernel{T, TIndex}"/>: y[o, indices[o, c, i], i] += u[o, c, i].</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TIndex">int32 or int64.</typeparam>
/// <remarks>u and indices <c>[outer, count, inner]</c>, y <c>[outer, axis, inner]</c>. Additions keep the order of c.</remarks>
/// <param name="areChecked">Whether the indices have been checked, or are about to be by a launch before this one.</param>
public readonly struct AddAlongAxisKernel<T, TIndex>(
    ArrayView<T> y, ArrayView<TIndex> indices, ArrayView<T> updates, long outer, long axis, long count, long inner, bool areChecked = false) : IKernel, IRangeBody
    where T : unmanaged, INumberBase<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> updates = updates;

    /// <inheritdoc/>
    public static string Name => "add_along_axis";

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">An index is negative or not below the axis' size.</exception>
    public void RunHost()
    {
        if (!areChecked)
            IndexCheck.Require(indices, axis, "add-along-axis index");
        HostThreads.For(outer, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, count * inner)), this);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (!areChecked)
            IndexCheck.RequireOnDevice(launcher, indices, axis, "add-along-axis index");
        new IndexedSum<T, TIndex>(y, indices, updates, (int)axis, (int)count, (int)inner, sharesIndices: false).Launch(launcher);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        for (var i = start * count * inner; i < end * count * inner; i++)
            y[(i / (count * inner) * axis + long.CreateTruncating(indices[i])) * inner + i % inner] += updates[i];
    }
}
