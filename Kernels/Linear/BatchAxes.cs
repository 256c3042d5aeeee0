namespace GpuKeras.Kernels.Linear;

/// <summary>The leading axes of a batched product: which matrix of A and of B belongs to which matrix of C.</summary>
/// <remarks>An axis that an operand broadcasts has stride 0. The default has no axes and means one product.</remarks>
/// <param name="sizes">The result's batch axes.</param>
/// <param name="stridesA">For each of them, how many matrices of A one step skips.</param>
/// <param name="stridesB">For each of them, how many matrices of B one step skips.</param>
public readonly struct BatchAxes(Extents sizes, Extents stridesA, Extents stridesB)
{
    private readonly Extents sizes = sizes;
    private readonly Extents stridesA = stridesA;
    private readonly Extents stridesB = stridesB;

    /// <summary>The number of products.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            for (var axis = 0; axis < sizes.Rank; axis++)
                count *= sizes[axis];
            return count;
        }
    }

    /// <summary>Whether all products have the same B.</summary>
    internal bool HasOneB
    {
        get
        {
            var one = true;
            for (var axis = 0; axis < stridesB.Rank; axis++)
                one &= stridesB[axis] == 0;
            return one;
        }
    }

    /// <summary>Where the matrices of A begin.</summary>
    /// <param name="length">The elements of each.</param>
    internal BatchOffsets OffsetsA(long length) => new(sizes, stridesA, length);

    /// <summary>Where the matrices of B begin.</summary>
    /// <param name="length">The elements of each.</param>
    internal BatchOffsets OffsetsB(long length) => new(sizes, stridesB, length);

    /// <summary>The matrices of A and of B whose product is matrix <paramref name="index"/> of C.</summary>
    public (long A, long B) Matrices(long index)
    {
        var (a, b) = (0L, 0L);
        for (var axis = sizes.Rank - 1; axis >= 0; axis--)
        {
            var position = index % sizes[axis];
            index /= sizes[axis];
            a += position * stridesA[axis];
            b += position * stridesB[axis];
        }
        return (a, b);
    }
}
