namespace GpuKeras.Kernels.Convolution;

/// <summary>Writes the 32 sums of a row of a tile.</summary>
internal static class PanelRow
{
    /// <summary>Writes the first <paramref name="count"/> of the sums, all if it is 32 or more.</summary>
    public static void Store(ArrayView<float> target, long place, FloatPanel low, FloatPanel high, int count)
    {
        if (count >= DevicePanels.Width)
        {
            FloatPanel.Store(target, place, low);
            FloatPanel.Store(target, place + FloatPanel.Count, high);
            return;
        }
        for (var i = Unroll.From(0); i < FloatPanel.Count; i++)
        {
            if (i < count)
                target[place + i] = low[i];
            if (FloatPanel.Count + i < count)
                target[place + FloatPanel.Count + i] = high[i];
        }
    }
}
