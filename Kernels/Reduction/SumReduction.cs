namespace GpuKeras.Kernels.Reduction;

/// <summary>The sum; 0 of no numbers. Integers wrap around.</summary>
public readonly struct SumReduction : IReduction
{
    /// <inheritdoc/>
    public static string Name => "sum";

    /// <inheritdoc/>
    public static double Identity => 0;

    /// <inheritdoc/>
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => a + b;

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total;
}
