using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Running sums along the middle axis: x, y <c>[outer, axis, inner]</c>; not the same memory.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>Exclusive: an element's own value is left out, so the first sum is 0. Reverse: the sums run from the end.</remarks>
public readonly unsafe struct CumulativeSumKernel<T>(
    ArrayView<T> x, ArrayView<T> y, long outer, long axis, long inner, bool exclusive, bool reverse) : IKernel, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    private const int GroupSize = 256;

    // A line that short is not worth a group of its own.
    private const int ShortLine = 64;

    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly long axis = axis;
    private readonly long inner = inner;
    private readonly bool exclusive = exclusive;
    private readonly bool reverse = reverse;

    /// <inheritdoc/>
    public static string Name => "cumulative_sum";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(outer, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, axis * inner)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (axis == 0)
            return;
        var lines = outer * inner;
        if (launcher.Profile.IsCpuLike || axis <= ShortLine || lines >= GroupSize * launcher.Profile.Multiprocessors)
            launcher.Launch(lines, ItemLine, this);
        else
            launcher.Launch(KernelConfig.Linear((int)lines, GroupSize), GroupLine, this);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        if (axis == 0)
            return;
        for (var block = start; block < end; block++)
        {
            for (var column = 0L; column < inner; column++)
                Line(x.Pointer + Start(block, column), y.Pointer + Start(block, column), Stride);
        }
    }

    private static void ItemLine(Index1D line, CumulativeSumKernel<T> kernel)
    {
        var start = kernel.Start(line / (int)kernel.inner, line % (int)kernel.inner);
        kernel.Line(kernel.x.Pointer + start, kernel.y.Pointer + start, kernel.Stride);
    }

    // Each warp sums along its lanes; then every item adds what the warps before its own, and the steps before, came to.
    private static void GroupLine(CumulativeSumKernel<T> kernel)
    {
        var totals = SharedMemory.Allocate<T>(GroupSize / Warp.WarpSize);
        var start = kernel.Start(Grid.IdxX / (int)kernel.inner, Grid.IdxX % (int)kernel.inner);
        var carry = T.Zero;
        for (var first = 0L; first < kernel.axis; first += GroupSize)
        {
            var i = first + Group.IdxX;
            var sum = i < kernel.axis ? kernel.x[start + i * kernel.Stride] : T.Zero;
            for (var delta = 1; delta < Warp.WarpSize; delta *= 2)
            {
                var before = Warp.ShuffleUp(sum, delta);
                if (Warp.LaneIdx >= delta)
                    sum = before + sum;
            }
            var previous = Warp.ShuffleUp(sum, 1);
            if (Warp.LaneIdx == Warp.WarpSize - 1)
                totals[Warp.WarpIdx] = sum;
            Group.Barrier();
            var offset = carry;
            for (var warp = 0; warp < GroupSize / Warp.WarpSize; warp++)
            {
                if (warp < Warp.WarpIdx)
                    offset += totals[warp];
                carry += totals[warp];
            }
            Group.Barrier();
            if (i < kernel.axis)
                kernel.y[start + i * kernel.Stride] =
                    !kernel.exclusive ? offset + sum : Warp.LaneIdx == 0 ? offset : offset + previous;
        }
    }

    /// <summary>Elements from one term of a line to the next.</summary>
    private long Stride => reverse ? -inner : inner;

    /// <summary>Where a line's first term lies.</summary>
    private long Start(long block, long column) => (block * axis + (reverse ? axis - 1 : 0)) * inner + column;

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
