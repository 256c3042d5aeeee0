namespace GpuKeras.Hdf5.Writing;

/// <summary>The number of bytes of an array.</summary>
internal static class ShapeBytes
{
    private const int MaxRank = 32;

    /// <summary>Counts them.</summary>
    /// <exception cref="ArgumentException">No array has this shape.</exception>
    public static long Count(IReadOnlyList<long> shape, int elementBytes, string what)
    {
        try
        {
            long bytes = elementBytes;
            foreach (var size in shape)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(size);
                bytes = checked(bytes * size);
            }
            ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Count, MaxRank);
            return bytes;
        }
        catch (Exception error) when (error is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ArgumentException($"'{what}': the shape [{string.Join(", ", shape)}] is impossible", nameof(shape), error);
        }
    }
}
