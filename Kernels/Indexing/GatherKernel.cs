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
    // From here on a row is worth a loop of its own on a CPU-like device.
    private const int LongRow = 16;

    private readonly ArrayView<T> x = x;
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> y = y;
    private readonly long inner = inner;

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
    public void RunDevice(ILauncher launcher)
    {
        IndexCheck.RequireOnDevice(launcher, indices, axis, "gather index");
        if (launcher.Profile.IsCpuLike && inner >= LongRow)
            launcher.Launch(outer * indices.Length, Row, this);
        else
            launcher.Launch(y.Length, Element, this);
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        var count = indices.Length;
        for (var row = start; row < end; row++)
        {
            var index = long.CreateTruncating(indices[(long)(row % count)]);
            var from = x.Pointer + (row / count * axis + index) * inner;
            Unsafe.CopyBlockUnaligned(y.Pointer + row * inner, from, checked((uint)(inner * sizeof(T))));
        }
    }

    private static void Element(Index1D i, GatherKernel<T, TIndex> kernel)
    {
        var row = (uint)i.X / (uint)kernel.inner;
        var column = (uint)i.X - row * (uint)kernel.inner;
        var source = kernel.SourceRow(row);
        if (source >= 0)
            kernel.y[i] = kernel.x[source * kernel.inner + column];
    }

    private static void Row(Index1D row, GatherKernel<T, TIndex> kernel)
    {
        var source = kernel.SourceRow((uint)row.X);
        if (source < 0)
            return;
        var (from, to) = (source * kernel.inner, row * kernel.inner);
        for (var i = 0; i < kernel.inner; i++)
            kernel.y[to + i] = kernel.x[from + i];
    }

    /// <summary>The row of x that belongs to a row of y; −1 where the index is out of range.</summary>
    private long SourceRow(uint row)
    {
        var count = (uint)indices.Length;
        var index = IndexValue.Of(indices[(long)(row % count)]);
        return (ulong)index < (ulong)axis ? row / count * axis + index : -1;
    }
}
