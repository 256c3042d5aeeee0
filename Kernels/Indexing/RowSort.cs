namespace GpuKeras.Kernels.Indexing;

/// <summary>Sorts rows on a device by keys; elements with equal keys keep their order.</summary>
/// <typeparam name="TKeys">The keys.</typeparam>
/// <param name="source">The keys in their first order.</param>
/// <param name="keys">The keys in order <c>[rows, columns]</c>: the result.</param>
/// <param name="positions">Where in their rows they came from <c>[rows, columns]</c>: the result.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The length of a row.</param>
/// <remarks>
/// <para>On a GPU a bitonic network in the form in which every comparison leaves the smaller element at the lower place: a merge
/// first compares mirror images, then elements half a width apart, a quarter, and so on. What would be compared with places behind
/// the row's end is already in order, so no row needs padding. A group sorts a tile in shared memory; longer rows are merged by
/// launches over global memory down to the width of a tile. Keys with positions are all different, so the order is unique.</para>
/// <para>On a CPU-like device a merge sort for each row.</para>
/// </remarks>
internal readonly struct RowSort<TKeys>(TKeys source, ArrayView<ulong> keys, ArrayView<int> positions, int rows, int columns)
    where TKeys : struct, IRowKeys
{
    private const int GroupSize = 256;
    private const int Tile = 1024;

    private readonly TKeys source = source;
    private readonly ArrayView<ulong> keys = keys;
    private readonly ArrayView<int> positions = positions;
    private readonly int columns = columns;

    private int Tiles => (columns + Tile - 1) / Tile;

    /// <summary>Queues the sort.</summary>
    public void Launch(ILauncher launcher)
    {
        if (rows == 0 || columns == 0)
            return;
        if (launcher.Profile.IsCpuLike)
        {
            MergeSort<TKeys>.Launch(launcher, source, keys, positions, rows, columns);
            return;
        }
        var tiles = KernelConfig.Linear(rows * Tiles, GroupSize);
        launcher.Launch(tiles, SortTile, this);
        for (var width = 2L * Tile; width < 2L * columns; width *= 2)
        {
            // One item for each pair; a width is at most 2³¹.
            var pairs = (columns + width - 1) / width * (width / 2);
            launcher.Launch(rows * pairs, ComparePair, (this, (uint)width, 0u));
            for (var step = width / 4; step >= Tile; step /= 2)
                launcher.Launch(rows * pairs, ComparePair, (this, (uint)width, (uint)step));
            launcher.Launch(tiles, MergeTile, this);
        }
    }

    private static void SortTile(RowSort<TKeys> sort)
    {
        var tile = new SortedTile(SharedMemory.Allocate<ulong>(Tile), SharedMemory.Allocate<int>(Tile), sort.TileLength());
        var (row, first) = (Grid.IdxX / sort.Tiles, Grid.IdxX % sort.Tiles * Tile);
        for (var i = Group.IdxX; i < tile.Length; i += GroupSize)
            tile.Set(i, sort.source.Key(row, first + i), first + i);
        Group.Barrier();
        for (var width = 2u; width < 2u * (uint)tile.Length; width *= 2)
        {
            sort.Compare(tile, width, 0);
            for (var step = width / 4; step > 0; step /= 2)
                sort.Compare(tile, width, step);
        }
        sort.Store(tile);
    }

    private static void MergeTile(RowSort<TKeys> sort)
    {
        var tile = new SortedTile(SharedMemory.Allocate<ulong>(Tile), SharedMemory.Allocate<int>(Tile), sort.TileLength());
        var first = sort.TileStart();
        for (var i = Group.IdxX; i < tile.Length; i += GroupSize)
            tile.Set(i, sort.keys[first + i], sort.positions[first + i]);
        Group.Barrier();
        for (var step = Tile / 2u; step > 0; step /= 2)
            sort.Compare(tile, 2 * step, step);
        sort.Store(tile);
    }

    private static void ComparePair(Index1D i, (RowSort<TKeys> Sort, uint Width, uint Step) work)
    {
        var (sort, width) = (work.Sort, work.Width);
        var pairs = ((uint)sort.columns + width - 1) / width * (width / 2);
        var row = (uint)i.X / pairs;
        var first = (long)row * sort.columns;
        new SortedTile(sort.keys.SubView(first, sort.columns), sort.positions.SubView(first, sort.columns), sort.columns)
            .Compare((uint)i.X - row * pairs, width, work.Step);
    }

    private long TileStart() => (long)(Grid.IdxX / Tiles) * columns + Grid.IdxX % Tiles * Tile;

    private int TileLength() => Math.Min(Tile, columns - Grid.IdxX % Tiles * Tile);

    private void Compare(SortedTile tile, uint width, uint step)
    {
        for (var pair = (uint)Group.IdxX; pair < Tile / 2; pair += GroupSize)
            tile.Compare(pair, width, step);
        Group.Barrier();
    }

    private void Store(SortedTile tile)
    {
        var first = TileStart();
        for (var i = Group.IdxX; i < tile.Length; i += GroupSize)
        {
            keys[first + i] = tile.Keys[i];
            positions[first + i] = tile.Positions[i];
        }
    }
}
