namespace GpuKeras.Kernels.Linear;

/// <summary>The part of C that one group computes, as constants. In each step every item brings one quad of either operand.</summary>
/// <remarks>With the tiles all in one file, because apart they say nothing.</remarks>
internal interface ITileShape
{
    /// <summary>Rows and columns of the tile.</summary>
    static abstract int Side { get; }

    /// <summary>How far one step goes along k: side / (4 · quads²), so that each item brings one quad.</summary>
    static abstract int Depth { get; }

    /// <summary>The quads of rows, and of columns, of each item.</summary>
    static abstract int Quads { get; }
}

/// <summary>128 × 128, 8 × 8 sums for each of 256 items: 16 multiplications for each number read from shared memory.</summary>
internal readonly struct LargeTile : ITileShape
{
    /// <inheritdoc/>
    public static int Side => 128;

    /// <inheritdoc/>
    public static int Depth => 8;

    /// <inheritdoc/>
    public static int Quads => 2;
}

/// <summary>64 × 64, 4 × 4 sums for each of 256 items.</summary>
internal readonly struct MediumTile : ITileShape
{
    /// <inheritdoc/>
    public static int Side => 64;

    /// <inheritdoc/>
    public static int Depth => 16;

    /// <inheritdoc/>
    public static int Quads => 1;
}

/// <summary>32 × 32, 4 × 4 sums for each of 64 items: many groups for a small C.</summary>
internal readonly struct SmallTile : ITileShape
{
    /// <inheritdoc/>
    public static int Side => 32;

    /// <inheritdoc/>
    public static int Depth => 8;

    /// <inheritdoc/>
    public static int Quads => 1;
}
