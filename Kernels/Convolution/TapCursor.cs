namespace GpuKeras.Kernels.Convolution;

/// <summary>A place in a window: a tap and a channel there. Goes along without divisions.</summary>
/// <param name="index">The place as one number, channels fastest, then columns of taps, then rows.</param>
/// <param name="columns">Taps in a row, at least 1.</param>
/// <param name="depth">Channels at a tap, at least 1.</param>
internal struct TapCursor(int index, int columns, int depth)
{
    /// <summary>The tap's row.</summary>
    public int Row = index / depth / columns;

    /// <summary>The tap's column.</summary>
    public int Column = index / depth % columns;

    /// <summary>The channel.</summary>
    public int Channel = index % depth;

    /// <summary>Goes on by <paramref name="step"/> places.</summary>
    public void Advance(int step, int columns, int depth)
    {
        Channel += step;
        while (Channel >= depth)
        {
            Channel -= depth;
            if (++Column < columns)
                continue;
            Column = 0;
            Row++;
        }
    }
}
