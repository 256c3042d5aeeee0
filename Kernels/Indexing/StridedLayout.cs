namespace GpuKeras.Kernels.Indexing;

/// <summary>
/// The axes of a strided copy in their simplest form: no axis of size 1, neighbours merged, the target's smallest stride last.
/// </summary>
internal struct StridedLayout
{
    public Extents Sizes;
    public Extents Source;
    public Extents Target;

    /// <summary>The number of axes, at least 1.</summary>
    public int Rank;

    /// <summary>Simplifies a copy. The order of a copy's axes does not matter, as no element is written twice.</summary>
    public static StridedLayout Simplify(in Extents sizes, in Extents source, in Extents target)
    {
        var axes = default(StridedLayout);
        (axes.Sizes, axes.Source, axes.Target) = (sizes, source, target);
        for (var axis = 0; axis < sizes.Rank; axis++)
        {
            if (sizes[axis] != 1)
                axes.Insert(sizes[axis], source[axis], target[axis]);
        }
        if (axes.Rank == 0)
            axes.Insert(1, 1, 1);
        axes.Merge();
        return axes;
    }

    private void Insert(int size, int sourceStride, int targetStride)
    {
        var place = Rank;
        while (place > 0 && Math.Abs(Target[place - 1]) < Math.Abs(targetStride))
        {
            (Sizes[place], Source[place], Target[place]) = (Sizes[place - 1], Source[place - 1], Target[place - 1]);
            place--;
        }
        (Sizes[place], Source[place], Target[place]) = (size, sourceStride, targetStride);
        Rank++;
    }

    private void Merge()
    {
        var last = 0;
        for (var axis = 1; axis < Rank; axis++)
        {
            var mergeable = Source[last] == (long)Source[axis] * Sizes[axis] && Target[last] == (long)Target[axis] * Sizes[axis];
            if (mergeable)
            {
                (Sizes[last], Source[last], Target[last]) = (Sizes[last] * Sizes[axis], Source[axis], Target[axis]);
                continue;
            }
            last++;
            (Sizes[last], Source[last], Target[last]) = (Sizes[axis], Source[axis], Target[axis]);
        }
        Rank = last + 1;
    }
}
