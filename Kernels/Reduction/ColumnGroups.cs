namespace GpuKeras.Kernels.Reduction;

/// <summary>The groups that share the columns of a matrix (<see cref="ColumnBlocks"/>), and an item's place in its group.</summary>
internal readonly struct ColumnGroups(long columns)
{
    private readonly int columns = checked((int)columns);
    private readonly int blocks = (int)ColumnBlocks.Count(columns);

    /// <summary>The columns of a group.</summary>
    public int Width { get; } = ColumnBlocks.Width(columns);

    /// <summary>How many rows a group reads at once.</summary>
    public int Shares { get; } = ColumnBlocks.RowsAtOnce(columns);

    /// <summary>An item's segment of rows.</summary>
    public int Segment => Grid.IdxX / blocks;

    /// <summary>An item's column.</summary>
    public int Column => Grid.IdxX % blocks * Width + Group.IdxX % Width;

    /// <summary>Which of the rows that are read at once is an item's.</summary>
    public int Share => Group.IdxX / Width;

    /// <summary>Whether an item has a column and a share.</summary>
    public bool TakesPart => Share < Shares && Column < columns;

    /// <summary>The launch that does a number of segments.</summary>
    public KernelConfig Config(long segments) => KernelConfig.Linear(checked((int)(segments * blocks)), ColumnBlocks.Items);

    /// <summary>
    /// Combines what the items of each column have left in shared memory, in a tree; its result is where the first share's item left its
    /// own. Waits for the group before and after.
    /// </summary>
    public void Join<TReduction, TLane, TElement>(ArrayView<TElement> firsts, ArrayView<TElement> seconds, bool hasSecond)
        where TReduction : struct, IReduction
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (item, share, takesPart) = (Group.IdxX, Share, TakesPart);
        Group.Barrier();
        for (var left = Shares; left > 1;)
        {
            var half = (left + 1) / 2;
            if (takesPart && share + half < left)
            {
                Join<TReduction, TLane, TElement>(firsts, item, half * Width);
                if (hasSecond)
                    Join<TReduction, TLane, TElement>(seconds, item, half * Width);
            }
            Group.Barrier();
            left = half;
        }
    }

    private static void Join<TReduction, TLane, TElement>(ArrayView<TElement> shared, int item, int distance)
        where TReduction : struct, IReduction
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        shared[item] = LaneCombination<TReduction, TLane, TElement>.Combine(shared[item], shared[item + distance]);
}
