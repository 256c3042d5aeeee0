namespace GpuKeras.Kernels.Indexing;

/// <summary>Sorts rows on a CPU-like device: one item for each row.</summary>
/// <typeparam name="TKeys">The keys.</typeparam>
/// <remarks>The runs of a pass lie in the one half of the memory, those of the next, twice as long, in the other.</remarks>
internal readonly struct MergeSort<TKeys>
    where TKeys : struct, IRowKeys
{
    private readonly TKeys source;
    private readonly SortedTile result;
    private readonly SortedTile other;
    private readonly int columns;

    // Whether the first runs lie in the result, so that the last do too.
    private readonly bool startsInResult;

    private MergeSort(TKeys source, SortedTile result, SortedTile other, int columns)
    {
        (this.source, this.result, this.other, this.columns) = (source, result, other, columns);
        startsInResult = true;
        for (var width = 1L; width < columns; width *= 2)
            startsInResult = !startsInResult;
    }

    /// <summary>Queues the sort; the parameters are those of <see cref="RowSort{TKeys}"/>.</summary>
    public static void Launch(ILauncher launcher, TKeys source, ArrayView<ulong> keys, ArrayView<int> positions, int rows, int columns)
    {
        var length = rows * (long)columns;
        var other = new SortedTile(launcher.Scratch<ulong>(length), launcher.Scratch<int>(length), columns);
        launcher.Launch(rows, Row, new MergeSort<TKeys>(source, new SortedTile(keys, positions, columns), other, columns));
    }

    private static void Row(Index1D row, MergeSort<TKeys> sort)
    {
        var first = (long)row.X * sort.columns;
        for (var i = 0; i < sort.columns; i++)
            sort.Set(sort.startsInResult, first + i, sort.source.Key(row, i), i);
        var inResult = sort.startsInResult;
        for (var width = 1L; width < sort.columns; width *= 2)
        {
            for (var start = 0L; start < sort.columns; start += 2 * width)
            {
                var middle = Math.Min(start + width, sort.columns);
                sort.Merge(inResult, first + start, first + middle, first + Math.Min(middle + width, sort.columns));
            }
            inResult = !inResult;
        }
    }

    /// <summary>Merges two neighbouring runs; of equal keys those of the first run go first.</summary>
    private void Merge(bool fromResult, long start, long middle, long end)
    {
        var (left, right) = (start, middle);
        for (var target = start; target < end; target++)
        {
            var takesLeft = right >= end || (left < middle && Key(fromResult, left) <= Key(fromResult, right));
            var place = takesLeft ? left++ : right++;
            Set(!fromResult, target, Key(fromResult, place), fromResult ? result.Positions[place] : other.Positions[place]);
        }
    }

    private ulong Key(bool inResult, long place) => inResult ? result.Keys[place] : other.Keys[place];

    private void Set(bool inResult, long place, ulong key, int position)
    {
        if (inResult)
        {
            result.Keys[place] = key;
            result.Positions[place] = position;
        }
        else
        {
            other.Keys[place] = key;
            other.Positions[place] = position;
        }
    }
}
