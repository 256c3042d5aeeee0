namespace GpuKeras.Kernels.Training;

/// <summary>Up to eight elementwise computations that one launch of a device runs, by value among its arguments.</summary>
/// <typeparam name="TStep">The computation.</typeparam>
/// <remarks>An item finds its computation by comparing its index with where they end: neighbouring items take the same branch.</remarks>
internal readonly struct JoinedBatch<TStep> : IElementStep
    where TStep : struct, IElementStep
{
    /// <summary>The most computations in a batch.</summary>
    public const int Size = 8;

    private readonly Part part0;
    private readonly Part part1;
    private readonly Part part2;
    private readonly Part part3;
    private readonly Part part4;
    private readonly Part part5;
    private readonly Part part6;
    private readonly Part part7;

    /// <summary>Joins as many of <paramref name="steps"/> as fit; the last one stands where there are none left, with no elements.</summary>
    public JoinedBatch(ReadOnlySpan<JoinedStep<TStep>> steps)
    {
        var start = 0L;
        part0 = Part.Next(steps, 0, ref start);
        part1 = Part.Next(steps, 1, ref start);
        part2 = Part.Next(steps, 2, ref start);
        part3 = Part.Next(steps, 3, ref start);
        part4 = Part.Next(steps, 4, ref start);
        part5 = Part.Next(steps, 5, ref start);
        part6 = Part.Next(steps, 6, ref start);
        part7 = Part.Next(steps, 7, ref start);
        Length = start;
    }

    /// <summary>The number of elements of all computations.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var i = (int)index;
        if (i < part1.Start)
            part0.Run<TLane, TElement>(i);
        else if (i < part2.Start)
            part1.Run<TLane, TElement>(i);
        else if (i < part3.Start)
            part2.Run<TLane, TElement>(i);
        else if (i < part4.Start)
            part3.Run<TLane, TElement>(i);
        else if (i < part5.Start)
            part4.Run<TLane, TElement>(i);
        else if (i < part6.Start)
            part5.Run<TLane, TElement>(i);
        else if (i < part7.Start)
            part6.Run<TLane, TElement>(i);
        else
            part7.Run<TLane, TElement>(i);
    }

    private readonly struct Part(in TStep step, int start)
    {
        private readonly TStep step = step;

        public int Start { get; } = start;

        public static Part Next(ReadOnlySpan<JoinedStep<TStep>> steps, int number, ref long start)
        {
            var joined = steps[Math.Min(number, steps.Length - 1)];
            var part = new Part(joined.Step, checked((int)start));
            if (number < steps.Length)
                start += joined.Length;
            return part;
        }

        public void Run<TLane, TElement>(int index)
            where TLane : struct, ILane<TLane, TElement>
            where TElement : unmanaged => step.Step<TLane, TElement>(index - Start);
    }
}
