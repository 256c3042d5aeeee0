namespace GpuKeras.Kernels.Linear;

/// <summary>Which products <see cref="DotProducts{TLane, TScalar, T}"/> computes faster than tiles do.</summary>
internal static class DotProductSizes
{
    /// <summary>The most columns: a tile would fill half a register.</summary>
    public const int MaxColumns = 8;

    /// <summary>The most rows, if B's columns are contiguous: a tile would have to transpose B for them.</summary>
    public const int MaxRows = 4;

    /// <summary>The smallest inner size that is worth adding up a register's lanes in the end.</summary>
    public const int MinInner = 48;
}
