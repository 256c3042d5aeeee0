namespace GpuKeras.Kernels.Training;

/// <summary>Up to eight computations that one launch of a device runs, by value among its arguments.</summary>
/// <typeparam name="TItem">The computation.</typeparam>
/// <remarks>An item finds its computation by comparing its index with where they end: neighbouring items take the same branch.</remarks>
internal struct JoinedBatch<TItem> : IItemStep
    where TItem : struct, IItemStep
{
    /// <summary>The most computations in a batch.</summary>
    public const int Size = 8;

    private Part part0;
    private Part part1;
    private Part part2;
    private Part part3;
    private Part part4;
    private Part part5;
    private Part part6;
    private Part part7;

    /// <summary>The number of computations.</summary>
    public int Count { get; private set; }

    /// <summary>The number of items of all computations.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a computation of <paramref name="items"/> items, for which there must be room.</summary>
    public void Add(in TItem item, int items)
    {
        var part = new Part(item, Length);
        // It takes the places behind its own too: they have to hold arguments, and the last place stands for all that start there.
        if (Count == 0)
            part0 = part;
        if (Count <= 1)
            part1 = part;
        if (Count <= 2)
            part2 = part;
        if (Count <= 3)
            part3 = part;
        if (Count <= 4)
            part4 = part;
        if (Count <= 5)
            part5 = part;
        if (Count <= 6)
            part6 = part;
        part7 = part;
        Count++;
        Length += items;
    }

    /// <inheritdoc/>
    public readonly void Run(int index)
    {
        if (index < part1.Start)
            part0.Run(index);
        else if (index < part2.Start)
            part1.Run(index);
        else if (index < part3.Start)
            part2.Run(index);
        else if (index < part4.Start)
            part3.Run(index);
        else if (index < part5.Start)
            part4.Run(index);
        else if (index < part6.Start)
            part5.Run(index);
        else if (index < part7.Start)
            part6.Run(index);
        else
            part7.Run(index);
    }

    private readonly struct Part(in TItem item, int start)
    {
        private readonly TItem item = item;

        public int Start { get; } = start;

        public void Run(int index) => item.Run(index - Start);
    }
}
