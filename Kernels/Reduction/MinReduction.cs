namespace GpuKeras.Kernels.Reduction;

/// <summary>The smallest number; NaN if any is NaN; +∞ (the largest integer) of no numbers.</summary>
public readonly struct MinReduction : IReduction
{
    /// <inheritdoc/>
    public static string Name => "min";

    /// <inheritdoc/>
    public static double Identity => double.PositiveInfinity;

    /// <inheritdoc/>
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => T.Min(a, b);

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total;
}
