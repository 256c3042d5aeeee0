using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Indexing;

/// <summary>The host loops of a strided copy.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// The outer axes are walked by an odometer. The innermost work is a run of the last axis; or, where that axis jumps in the source
/// and another one is contiguous there, square tiles of the two axes, so that both sides use whole cache lines.
/// </remarks>
internal readonly unsafe struct StridedCopyBody<T> : IRangeBody
    where T : unmanaged
{
    private const int Tile = 16;
    private const int ElementsPerBlock = 16_384;

    private readonly T* source;
    private readonly T* target;
    private readonly StridedLayout layout;
    private readonly int last;

    // The axis that shares tiles with the last one, or −1.
    private readonly int tiledAxis;

    // The last axis, or the tiled one, is cut into blocks, so that one long axis is still split over the threads.
    private readonly int blockSize;
    private readonly int blocks;
    private readonly long outer;

    public StridedCopyBody(T* source, T* target, in StridedLayout layout)
    {
        this.source = source;
        this.target = target;
        this.layout = layout;
        last = layout.Rank - 1;
        tiledAxis = -1;
        outer = 1;
        for (var axis = 0; axis < last; axis++)
        {
            if (Math.Abs(layout.Source[axis]) == 1 && Math.Abs(layout.Source[last]) > 1 && layout.Sizes[last] > 1)
                tiledAxis = axis;
        }
        for (var axis = 0; axis < last; axis++)
        {
            if (axis != tiledAxis)
                outer *= layout.Sizes[axis];
        }
        blockSize = tiledAxis < 0 ? ElementsPerBlock : Tile;
        blocks = (layout.Sizes[tiledAxis < 0 ? last : tiledAxis] + blockSize - 1) / blockSize;
    }

    public void Run()
    {
        var elementsPerItem = tiledAxis < 0 ? Math.Min(layout.Sizes[last], ElementsPerBlock) : Tile * (long)layout.Sizes[last];
        HostThreads.For(outer * blocks, Math.Max(1, HostLoop.ElementsPerThread / elementsPerItem), this);
    }

    [SkipLocalsInit]
    public void Run(long start, long end)
    {
        var index = stackalloc int[Extents.MaxRank];
        var (block, from, to) = ((int)(start % blocks), 0L, 0L);
        var rest = start / blocks;
        for (var axis = last - 1; axis >= 0; axis--)
        {
            if (axis == tiledAxis)
                continue;
            (rest, var position) = Math.DivRem(rest, layout.Sizes[axis]);
            index[axis] = (int)position;
            from += position * layout.Source[axis];
            to += position * layout.Target[axis];
        }
        for (var item = start; item < end; item++)
        {
            if (tiledAxis < 0)
                Line(from, to, block * blockSize);
            else
                Tiles(from, to, block * blockSize);
            if (++block < blocks)
                continue;
            block = 0;
            for (var axis = last - 1; axis >= 0; axis--)
            {
                if (axis == tiledAxis)
                    continue;
                from += layout.Source[axis];
                to += layout.Target[axis];
                if (++index[axis] < layout.Sizes[axis])
                    break;
                from -= (long)layout.Sizes[axis] * layout.Source[axis];
                to -= (long)layout.Sizes[axis] * layout.Target[axis];
                index[axis] = 0;
            }
        }
    }

    private void Line(long from, long to, int first)
    {
        var count = Math.Min(blockSize, layout.Sizes[last] - first);
        var (sourceStride, targetStride) = ((long)layout.Source[last], (long)layout.Target[last]);
        var read = source + from + first * sourceStride;
        var write = target + to + first * targetStride;
        if (targetStride == 1 && sourceStride == 1)
        {
            new ReadOnlySpan<T>(read, count).CopyTo(new Span<T>(write, count));
        }
        else if (targetStride == 1 && sourceStride == 0)
        {
            new Span<T>(write, count).Fill(*read);
        }
        else
        {
            for (var i = 0; i < count; i++)
                write[i * targetStride] = read[i * sourceStride];
        }
    }

    private void Tiles(long from, long to, int first)
    {
        var rows = Math.Min(Tile, layout.Sizes[tiledAxis] - first);
        var (rowSource, rowTarget) = ((long)layout.Source[tiledAxis], (long)layout.Target[tiledAxis]);
        var (sourceStride, targetStride) = ((long)layout.Source[last], (long)layout.Target[last]);
        for (var column = 0; column < layout.Sizes[last]; column += Tile)
        {
            var columns = Math.Min(Tile, layout.Sizes[last] - column);
            var read = source + from + first * rowSource + column * sourceStride;
            var write = target + to + first * rowTarget + column * targetStride;
            if (sizeof(T) == sizeof(float) && RegisterTranspose.IsSupported
                && rowSource == 1 && targetStride == 1 && rows == Tile && columns == Tile)
                Squares((float*)read, sourceStride, (float*)write, rowTarget);
            else
                Elements(read, rowSource, sourceStride, write, rowTarget, targetStride, rows, columns);
        }
    }

    private static void Squares(float* read, long sourceStride, float* write, long rowTarget)
    {
        for (var row = 0; row < Tile; row += RegisterTranspose.Side)
        {
            for (var i = 0; i < Tile; i += RegisterTranspose.Side)
                RegisterTranspose.Square(read + row + i * sourceStride, sourceStride, write + row * rowTarget + i, rowTarget);
        }
    }

    private static void Elements(
        T* read, long rowSource, long sourceStride, T* write, long rowTarget, long targetStride, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < columns; i++)
                write[i * targetStride] = read[i * sourceStride];
            read += rowSource;
            write += rowTarget;
        }
    }
}
