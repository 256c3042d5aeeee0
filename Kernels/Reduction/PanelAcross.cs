namespace GpuKeras.Kernels.Reduction;

/// <summary>The combination of a panel's places, pairwise: the upper half with the lower one until one number is left.</summary>
internal static class PanelAcross
{
    /// <summary>The combination of all places.</summary>
    public static FloatLane Of<TReduction>(FloatPanel panel)
        where TReduction : struct, IReduction => TReduction.Combine(Quarter<TReduction>(panel, 0), Quarter<TReduction>(panel, 1));

    private static FloatLane Quarter<TReduction>(FloatPanel panel, int place)
        where TReduction : struct, IReduction =>
        TReduction.Combine(Half<TReduction>(panel, place), Half<TReduction>(panel, place + 2));

    private static FloatLane Half<TReduction>(FloatPanel panel, int place)
        where TReduction : struct, IReduction =>
        TReduction.Combine(Pair<TReduction>(panel, place), Pair<TReduction>(panel, place + 4));

    private static FloatLane Pair<TReduction>(FloatPanel panel, int place)
        where TReduction : struct, IReduction =>
        TReduction.Combine(new FloatLane(panel[place]), new FloatLane(panel[place + 8]));
}
