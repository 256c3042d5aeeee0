namespace GpuKeras.Kernels.Indexing;

/// <summary>Keys with the positions that they came from, while a device puts them in order.</summary>
/// <param name="keys">The keys.</param>
/// <param name="positions">Their positions, all different.</param>
/// <param name="length">How many there are.</param>
internal readonly struct SortedTile(ArrayView<ulong> keys, ArrayView<int> positions, int length)
{
    /// <summary>The keys.</summary>
    public readonly ArrayView<ulong> Keys = keys;

    /// <summary>Where they came from.</summary>
    public readonly ArrayView<int> Positions = positions;

    /// <summary>How many there are.</summary>
    public readonly int Length = length;

    /// <summary>Writes one element.</summary>
    public void Set(int place, ulong key, int position)
    {
        Keys[place] = key;
        Positions[place] = position;
    }

    /// <summary>One comparison of a bitonic merge; the smaller element goes to the lower place.</summary>
    /// <param name="pair">The number of the comparison: 0 … half the places − 1.</param>
    /// <param name="width">The width of the merge, a power of two.</param>
    /// <param name="step">How far apart the places are, a power of two; 0 for places that are mirror images in the merge.</param>
    public void Compare(uint pair, uint width, uint step)
    {
        var half = step == 0 ? width / 2 : step;
        var offset = pair & (half - 1);
        var low = (int)(2 * (pair - offset) + offset);
        var high = step == 0 ? (int)(2 * (pair - offset) + width - 1 - offset) : low + (int)step;
        if ((uint)high >= (uint)Length)
            return;
        var (lowKey, highKey) = (Keys[low], Keys[high]);
        var (lowPosition, highPosition) = (Positions[low], Positions[high]);
        if (lowKey < highKey || lowKey == highKey && lowPosition < highPosition)
            return;
        Keys[low] = highKey;
        Keys[high] = lowKey;
        Positions[low] = highPosition;
        Positions[high] = lowPosition;
    }
}
