namespace GpuKeras.Kernels.Reduction;

/// <summary>The arithmetic mean; NaN of no numbers. For floating-point lanes.</summary>
public readonly struct MeanReduction : IReduction
{
    /// <inheritdoc/>
    public static string Name => "mean";

    /// <inheritdoc/>
    public static double Identity => 0;

    /// <inheritdoc/>
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => a + b;

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total / count;
}
