namespace GpuKeras.Kernels.Linear;

/// <summary>The part of C that one group computes with matrix instructions, as a constant; it has 2 · side items.</summary>
/// <remarks>With the tiles all in one file, because apart they say nothing.</remarks>
internal interface IMatrixUnitTile
{
    /// <summary>Rows and columns of the tile: 64 or 128.</summary>
    static abstract int Side { get; }
}

/// <summary>128 × 128 by eight warps, each 32 × 64.</summary>
internal readonly struct LargeMatrixUnitTile : IMatrixUnitTile
{
    /// <inheritdoc/>
    public static int Side => 128;
}

/// <summary>64 × 64 by four warps, each 32 × 32.</summary>
internal readonly struct SmallMatrixUnitTile : IMatrixUnitTile
{
    /// <inheritdoc/>
    public static int Side => 64;
}
