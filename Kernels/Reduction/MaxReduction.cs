namespace GpuKeras.Kernels.Reduction;

/// <summary>The largest number; NaN if any is NaN; −∞ (the smallest integer) of no numbers.</summary>
public readonly struct MaxReduction : IReduction
{
    /// <inheritdoc/>
    public static string Name => "max";

    /// <inheritdoc/>
    public static double Identity => double.NegativeInfinity;

    /// <inheritdoc/>
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => T.Max(a, b);

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total;
}
