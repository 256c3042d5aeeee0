namespace GpuKeras.Kernels.Reduction;

/// <summary>The product; 1 of no numbers. Integers wrap around.</summary>
public readonly struct ProductReduction : IReduction
{
    /// <inheritdoc/>
    public static string Name => "prod";

    /// <inheritdoc/>
    public static double Identity => 1;

    /// <inheritdoc/>
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => a * b;

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total;
}
