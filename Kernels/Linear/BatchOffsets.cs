namespace GpuKeras.Kernels.Linear;

/// <summary>Where the matrices of an operand begin, for the products of a batch.</summary>
/// <param name="sizes">The result's batch axes.</param>
/// <param name="strides">For each of them, how many units one step skips.</param>
/// <param name="unit">The elements of a unit.</param>
/// <param name="first">The number of the first product.</param>
internal readonly struct BatchOffsets(Extents sizes, Extents strides, long unit, int first = 0)
{
    private readonly Extents sizes = sizes;
    private readonly Extents strides = strides;
    private readonly long unit = unit;
    private readonly int first = first;

    /// <summary>Whether all matrices begin at multiples of four elements.</summary>
    public bool AreAligned
    {
        get
        {
            var aligned = true;
            for (var axis = 0; axis < strides.Rank; axis++)
                aligned &= strides[axis] * unit % Quad<float>.Count == 0;
            return aligned;
        }
    }

    /// <summary>The first element of the matrix of product <paramref name="index"/>.</summary>
    public long this[int index]
    {
        get
        {
            index += first;
            var offset = 0L;
            for (var axis = sizes.Rank - 1; axis >= 0; axis--)
            {
                var next = index / sizes[axis];
                offset += (long)(index - next * sizes[axis]) * strides[axis];
                index = next;
            }
            return offset * unit;
        }
    }
}
