namespace GpuKeras.Kernels.Indexing;

/// <summary>
/// The axes of a strided copy in their simplest form: no axis of size 1, neighbours merged, the target's smallest stride last.
/// </summary>
internal struct StridedLayout
{
    public Extents Sizes;
    public Extents Source;
    public Extents Target;

    /// <summary>Where the copy's first element lies in the source; elements before it are copied where a stride is negative.</summary>
    public long SourceStart;

    /// <summary>Where it lies in the target.</summary>
    public long TargetStart;

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

    /// <summary>The same copy with <paramref name="axis"/> moved before the last axis.</summary>
    public readonly StridedLayout WithLastButOne(int axis)
    {
        var moved = this;
        for (var i = axis; i < Rank - 2; i++)
            (moved.Sizes[i], moved.Source[i], moved.Target[i]) = (Sizes[i + 1], Source[i + 1], Target[i + 1]);
        (moved.Sizes[Rank - 2], moved.Source[Rank - 2], moved.Target[Rank - 2]) = (Sizes[axis], Source[axis], Target[axis]);
        return moved;
    }

    /// <summary>The number of indices of the first <paramref name="axes"/> axes.</summary>
    public readonly long Count(int axes)
    {
        var count = 1L;
        for (var axis = 0; axis < axes; axis++)
            count *= Sizes[axis];
        return count;
    }

    /// <summary>Where an index lies in the source and in the target.</summary>
    /// <param name="index">The index of the first <paramref name="axes"/> axes as one number.</param>
    /// <param name="axes">How many axes take part.</param>
    public readonly (long Source, long Target) Offsets(uint index, int axes)
    {
        var (source, target) = (SourceStart, TargetStart);
        // The first axis needs no division.
        for (var axis = axes - 1; axis > 0; axis--)
        {
            var rest = index / (uint)Sizes[axis];
            var position = (int)(index - rest * (uint)Sizes[axis]);
            source += (long)position * Source[axis];
            target += (long)position * Target[axis];
            index = rest;
        }
        return axes == 0 ? (source, target) : (source + (long)index * Source[0], target + (long)index * Target[0]);
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
