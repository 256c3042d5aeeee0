namespace GpuKeras.Kernels.Reduction;

/// <summary>1 if some number is not 0, else 0; 0 of no numbers.</summary>
internal readonly struct AnyReduction : IReduction
{
    /// <inheritdoc/>
    public static string Name => "any";

    /// <inheritdoc/>
    public static double Identity => 0;

    /// <inheritdoc/>
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => T.Max(Truth(a), Truth(b));

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total;

    private static T Truth<T>(T value)
        where T : struct, ILane<T> => T.WhereEqual(value, T.Create(0), T.Create(0), T.Create(1));
}
