namespace GpuKeras.Kernels.Linear;

/// <summary>The sizes of a batch of tiled products, and how the work is cut.</summary>
/// <param name="Matrices">How many products.</param>
/// <param name="Rows">m.</param>
/// <param name="Columns">n.</param>
/// <param name="Inner">k.</param>
/// <param name="Splits">Into how many parts k is cut, each for other groups.</param>
/// <param name="SplitDepth">The length of such a part, a multiple of every tile's depth; the last may be shorter.</param>
internal readonly record struct TiledProductSizes(int Matrices, int Rows, int Columns, int Inner, int Splits, int SplitDepth)
{
    // Groups of neighbouring rows of tiles work at the same time: they share what they read of B in the second-level cache.
    private const int BandRows = 8;

    // A part of k that is shorter costs more to write and read again than it gains.
    private const int MinSplitDepth = 128;

    // Parts end where steps do, for every tile.
    private const int SplitStep = 32;

    // Groups for each multiprocessor, so that one can compute while another waits.
    private const int GroupsWanted = 2;

    /// <summary>How many tiles cover one C.</summary>
    public int Tiles(int side) => Across(Rows, side) * Across(Columns, side);

    /// <summary>The first row and column of a tile: tiles go down a band of rows of tiles, then to the right.</summary>
    public (int Row, int Column) Tile(int index, int side)
    {
        var (down, across) = (Across(Rows, side), Across(Columns, side));
        var band = index / (BandRows * across);
        var height = Math.Min(BandRows, down - band * BandRows);
        var place = index - band * BandRows * across;
        var column = place / height;
        return ((band * BandRows + place - column * height) * side, column * side);
    }

    /// <summary>Which product a part of one belongs to, its first k, and the first k that does not count.</summary>
    public (int Matrix, int First, int End) Part(int index)
    {
        var matrix = index / Splits;
        var first = (index - matrix * Splits) * SplitDepth;
        return (matrix, first, Math.Min(Inner, first + SplitDepth));
    }

    /// <summary>Whether tiles of this side, mostly within C, give every multiprocessor something to do.</summary>
    public bool Fill(int side, int processors) => Math.Min(Rows, Columns) > side / 2 && (long)Tiles(side) * Matrices >= processors;

    /// <summary>The same with k in so many parts that tiles of this side give every multiprocessor something to do.</summary>
    public TiledProductSizes Cut(int side, int processors) =>
        Cut(SplitsFor((long)Tiles(side) * Matrices, processors, MinSplitDepth));

    /// <summary>The same with k in about so many parts: each but the last ends where steps of every body do.</summary>
    public TiledProductSizes Cut(int splits)
    {
        if (splits <= 1 || Inner == 0)
            return this;
        var depth = ((Inner + splits - 1) / splits + SplitStep - 1) / SplitStep * SplitStep;
        return this with { Splits = (Inner + depth - 1) / depth, SplitDepth = depth };
    }

    /// <summary>Into how many parts k is to be cut so that all multiprocessors have something to do.</summary>
    /// <param name="groups">How many groups a part has.</param>
    /// <param name="processors">How many multiprocessors there are.</param>
    /// <param name="minDepth">The least length of a part.</param>
    public int SplitsFor(long groups, int processors, int minDepth) =>
        (int)Math.Clamp(GroupsWanted * processors / groups, 1, Math.Max(1, Inner / minDepth));

    private static int Across(int size, int side) => (size + side - 1) / side;
}
