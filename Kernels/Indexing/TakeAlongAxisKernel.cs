using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>y[o, c, i] = x[o, indices[o, c, i], i]: x <c>[outer, axis, inner]</c>, indices and y <c>[outer, count, inner]</c>.</summary>
/// <typeparam name="T">The element type; only its size matters.</typeparam>
/// <typeparam name="TIndex">int32 or int64.</typeparam>
/// <param name="areChecked">Whether the indices have been checked, or are about to be by a launch before this one.</param>
public readonly struct TakeAlongAxisKernel<T, TIndex>(
    ArrayView<T> x, ArrayView<TIndex> indices, ArrayView<T> y, long axis, long count, long inner, bool areChecked = false) : IKernel, IRangeBody
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> y = y;
    private readonly long axis = axis;
    private readonly long count = count;
    private readonly long inner = inner;

    /// <inheritdoc/>
    public static string Name => "take_along_axis";

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">An index is negative or not below the axis' size.</exception>
    public void RunHost()
    {
        if (!areChecked)
            IndexCheck.Require(indices, axis, "take-along-axis index");
        HostThreads.For(y.Length, HostLoop.ElementsPerThread, this);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (!areChecked)
            IndexCheck.RequireOnDevice(launcher, indices, axis, "take-along-axis index");
        launcher.Launch(y.Length, Element, this);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        for (var i = start; i < end; i++)
            y[i] = x[(i / (count * inner) * axis + long.CreateTruncating(indices[i])) * inner + i % inner];
    }

    private static void Element(Index1D i, TakeAlongAxisKernel<T, TIndex> kernel)
    {
        var index = IndexValue.Of(kernel.indices[i]);
        if ((ulong)index >= (ulong)kernel.axis)
            return;
        var inner = (uint)kernel.inner;
        var block = (uint)i.X / ((uint)kernel.count * inner);
        kernel.y[i] = kernel.x[(block * kernel.axis + index) * inner + (uint)i.X % inner];
    }
}
