namespace GpuKeras.Kernels;

/// <summary>The number of an item in a launch over a count of indices.</summary>
/// <param name="x">The index.</param>
public readonly struct Index1D(int x)
{
    /// <summary>The index.</summary>
    public readonly int X = x;

    /// <summary>The index as an integer.</summary>
    public static implicit operator int(Index1D index) => index.X;

    /// <summary>An integer as an index.</summary>
    public static implicit operator Index1D(int index) => new(index);
}
