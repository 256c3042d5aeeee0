namespace GpuKeras.Kernels.Indexing;

/// <summary>The device loops of a strided copy.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Neighbouring items write neighbours. Where these lie far apart in the source and another axis is contiguous there, a group reads a
/// square of the two axes along the one and writes it along the other. On a CPU-like device an item copies a run or a square.
/// </remarks>
internal readonly struct StridedCopyDevice<T>
    where T : unmanaged
{
    private const int Square = 32;
    private const int GroupRows = 8;

    // A CPU-like device's run, if the last axis is that long, and its square.
    private const int Run = 4096;
    private const int SmallSquare = 16;

    private readonly ArrayView<T> source;
    private readonly ArrayView<T> target;
    private readonly StridedLayout layout;
    private readonly bool transposes;

    /// <summary>A copy between views that hold all of the copy's elements.</summary>
    public StridedCopyDevice(ArrayView<T> source, ArrayView<T> target, in StridedLayout layout)
    {
        (this.source, this.target, this.layout) = (source, target, layout);
        var last = layout.Rank - 1;
        if (Math.Abs(layout.Source[last]) <= 1)
            return;
        for (var axis = 0; axis < last && !transposes; axis++)
        {
            if (Math.Abs(layout.Source[axis]) != 1)
                continue;
            transposes = true;
            this.layout = layout.WithLastButOne(axis);
        }
    }

    /// <summary>Queues the copy.</summary>
    public void Launch(ILauncher launcher)
    {
        var count = layout.Count(layout.Rank);
        if (launcher.Profile.IsCpuLike && transposes)
            launcher.Launch(layout.Count(layout.Rank - 2) * SquareCount(SmallSquare), CopySmallSquare, this);
        else if (launcher.Profile.IsCpuLike)
            launcher.Launch(layout.Count(layout.Rank - 1) * Blocks(layout.Sizes[layout.Rank - 1], Run), CopyRun, this);
        else if (transposes)
            launcher.Launch(
                new KernelConfig(new((int)(layout.Count(layout.Rank - 2) * SquareCount(Square)), 1, 1), new(Square, GroupRows, 1)),
                CopySquare, this);
        else
            launcher.Launch(count, CopyElement, this);
    }

    private static void CopyElement(Index1D i, StridedCopyDevice<T> copy)
    {
        var (from, to) = copy.layout.Offsets((uint)i.X, copy.layout.Rank);
        copy.target[to] = copy.source[from];
    }

    private static void CopyRun(Index1D i, StridedCopyDevice<T> copy)
    {
        var last = copy.layout.Rank - 1;
        var blocks = Blocks(copy.layout.Sizes[last], Run);
        var first = i % blocks * Run;
        var count = Math.Min(Run, copy.layout.Sizes[last] - first);
        var (sourceStride, targetStride) = (copy.layout.Source[last], copy.layout.Target[last]);
        var (from, to) = copy.layout.Offsets((uint)(i / blocks), last);
        from += (long)first * sourceStride;
        to += (long)first * targetStride;
        if (sourceStride == 1 && targetStride == 1)
        {
            for (var k = 0; k < count; k++)
                copy.target[to + k] = copy.source[from + k];
        }
        else
        {
            for (var k = 0; k < count; k++)
                copy.target[to + (long)k * targetStride] = copy.source[from + (long)k * sourceStride];
        }
    }

    private static void CopySmallSquare(Index1D i, StridedCopyDevice<T> copy)
    {
        var (from, to, rows, columns) = copy.SquareAt(i, SmallSquare);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                copy.target[to + copy.TargetOffset(row, column)] = copy.source[from + copy.SourceOffset(row, column)];
        }
    }

    private static void CopySquare(StridedCopyDevice<T> copy)
    {
        // One more column, so that neither rows nor columns of the square share a memory bank.
        var square = SharedMemory.Allocate<T>(Square * (Square + 1));
        var (from, to, rows, columns) = copy.SquareAt(Grid.IdxX, Square);
        for (var column = Group.IdxY; column < columns; column += GroupRows)
        {
            if (Group.IdxX < rows)
                square[column * (Square + 1) + Group.IdxX] = copy.source[from + copy.SourceOffset(Group.IdxX, column)];
        }
        Group.Barrier();
        for (var row = Group.IdxY; row < rows; row += GroupRows)
        {
            if (Group.IdxX < columns)
                copy.target[to + copy.TargetOffset(row, Group.IdxX)] = square[Group.IdxX * (Square + 1) + row];
        }
    }

    private static int Blocks(int size, int block) => (size + block - 1) / block;

    private long SquareCount(int side) =>
        (long)Blocks(layout.Sizes[layout.Rank - 2], side) * Blocks(layout.Sizes[layout.Rank - 1], side);

    private long SourceOffset(int row, int column) =>
        (long)row * layout.Source[layout.Rank - 2] + (long)column * layout.Source[layout.Rank - 1];

    private long TargetOffset(int row, int column) =>
        (long)row * layout.Target[layout.Rank - 2] + (long)column * layout.Target[layout.Rank - 1];

    /// <summary>Where a square of the last two axes starts, and how much of it there is.</summary>
    private (long From, long To, int Rows, int Columns) SquareAt(int index, int side)
    {
        var (height, width) = (layout.Sizes[layout.Rank - 2], layout.Sizes[layout.Rank - 1]);
        var (blockRows, blockColumns) = (Blocks(height, side), Blocks(width, side));
        var column = index % blockColumns * side;
        var row = index / blockColumns % blockRows * side;
        var (from, to) = layout.Offsets((uint)(index / blockColumns / blockRows), layout.Rank - 2);
        return (
            from + SourceOffset(row, column), to + TargetOffset(row, column), Math.Min(side, height - row), Math.Min(side, width - column));
    }
}
